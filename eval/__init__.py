"""Question sets, metrics and the runner that proves what the answers are worth; with the sample documents.

- Begin with: ``run``, ``own``
- Question sets: ``questions``, ``squad``, ``nomiracl``, ``beir``, ``records``, ``draft``
- Measuring: ``metrics``, ``cases``, ``summary``, ``statistics``, ``baselines``, ``robustness``, ``ablation``,
  ``languages``, ``disagreement``, ``support``, ``survivors``, ``furniture``, ``bakeoff``
- Telling: ``report``, ``table``, ``page``, ``plots``, ``compare``, ``readme``, ``gate``
- Fitting: ``fit_abstention``, ``fit_names``, ``fit_ranges``, ``fit_sense``, ``fit_transliteration``, ``make_towns``,
  ``train_reader``, ``reader_data``, ``reader_steps``, ``reader_scores``, ``reader_gain``, ``small_model``
- Speed and size: ``bench``, ``bench_texts``, ``scale``, ``rebuild``, ``lexical_bench``
"""
