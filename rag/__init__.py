"""A question becomes a cited answer, or an honest abstention.

- Begin with: ``engine``, ``types``
- The question: ``question``, ``kinds``, ``dialect``, ``spelling``, ``whole``, ``scope``
- What it expects of an answer: ``expected``, ``amount``, ``ages``, ``identity``, ``naming``, ``saying``,
  ``reasons``
- Passages: ``retrieve``, ``distinct``, ``reader``, ``joint``
- Sentences: ``select``, ``leaning``, ``overview``
- Silence: ``abstain``, ``where``, ``absent``, ``direction``
- Who agrees, who differs: ``corroborate``, ``echoes``, ``disagree``, ``compare``, ``facts``, ``quantities``,
  ``happening``, ``hedges``, ``wordlists``
- The answer said: ``cited``, ``phrases``, ``answer_json``
- A language model: ``worded``, ``llm``, ``providers``, ``prompts``, ``budget``, ``numbered``, ``orders``,
  ``drafts``, ``checked``, ``notices``
- Its sentences held to their sources: ``check``, ``counted``, ``derived``, ``dated``, ``named``, ``namelike``,
  ``listened``, ``proper``, ``heard``, ``transliteration``, ``towns``, ``foreign``, ``swapped``, ``denial``,
  ``opposites``, ``roles``, ``actors``, ``entail``
- Around it: ``live``, ``clock``, ``llama_index``
"""
