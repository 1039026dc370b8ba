"""Documents become a searchable index that can be rebuilt at any time; this package knows nothing of questions.

- Begin with: ``build``, ``store``
- Files to text: ``files``, ``decode``, ``formats``, ``load``, ``parse``, ``markup``, ``mdtext``, ``hypertext``,
  ``tags``, ``hidden``
- Text without page furniture: ``clean``, ``regions``, ``zones``, ``lines``, ``rules``, ``widgets``, ``asides``,
  ``pieces``, ``phrases``, ``repeats``, ``frontpage``, ``credits``, ``dates``, ``months``
- Text to passages: ``split``, ``chunk``, ``language``
- Vectors: ``embed``, ``model``, ``bundled``, ``unpack``, ``quick``, ``packed``, ``quantized``, ``startup``, ``nearest``
- Words and names: ``lexical``, ``lexicon``, ``names``, ``sound``, ``numbers``, ``places``
- What people decided: ``decisions``, ``restored``, ``deleted``
- The index on disk: ``contents``, ``records``, ``rows``, ``manifest``, ``reuse``, ``copies``
- Around it: ``config``, ``errors``, ``types``, ``watch``, ``doctor``
"""
