"""What people touch: the command line and the chat page.

- Begin with: ``cli``, ``page``
- The command line: ``terminal``, ``json_lines``, ``evaluation``
- The page served: ``serve``, ``web``, ``frontend``, ``headers``, ``visitor``, ``limit``, ``bench``
- Chat: ``chat``, ``converse``, ``turns``, ``archive``, ``talks``, ``render``, ``sources``, ``excerpt``, ``why``,
  ``export``, ``examples``, ``scope``, ``composer``
- Library: ``library_tab``, ``library``, ``follow``, ``shelf``, ``uploads``, ``job``
- Evaluation: ``evaluation_tab``, ``measure``, ``compared``
- Words and pieces: ``texts``, ``strings``, ``english``, ``arabic``, ``arabic_errors``, ``arabic_report``,
  ``html``, ``wiring``
"""
