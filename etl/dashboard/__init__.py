"""The dashboard: the published warehouse in a browser, by a server or as files (``gouji dashboard``, ``site``).

One dashboard shown two ways: server and static site walk the same pages, queries, charts and templates. Links
are relative, and every path names a file: ``/zh/coverage/21`` of the server is ``zh/coverage/21.html`` there.

How a page is added:

1. ``sql/page/<name>.sql``: its queries, with ``$named`` parameters. Read one by
   ``reader.table("<name>", what=…)``: the rows, and the statement with its parameters filled in, which is what
   *query behind this* shows. A template never holds SQL.
2. ``pages/<module>.py``: a function ``(reader, **parameters) -> frozen dataclass | None`` (none: there is no
   such page, 404). A field of type ``Table`` that the template shows by ``{{ foot(table) }}`` has its CSV, PNG
   and query; ``tables(values)`` finds all such fields for the CSV addresses.
   A function ``listed(reader, evidence) -> Iterable[dict]`` names the parameters that the static site writes;
   ``evidence`` is which cells are to have evidence pages, see ``registry.Evidence``.
3. ``templates/<name>.html``: extends ``layout.html``. Everything is escaped; nothing is marked safe that was
   read from a document. ``link('county', code=…)`` gives a relative address, or none where the static site does
   not write that page: ``{{ go('county', text, code=…) }}`` then shows the text alone.
4. ``data/words.yaml``: every word of it, Chinese and English, used as ``w('name.of.word', count=…)``.
5. A ``Page`` in ``site_map.py``. What is not a page (an image, an index for a script) is a ``File`` there. Each
   parameter has one pattern, in ``registry.PARAMETERS``: what does not match is 404 before any code sees it.
"""
