#!/usr/bin/env bash
# docxtpl 0.20.2, a Word template that compares or prints a Ukrainian name with its typographic apostrophe (U+2019).
# Seen: within tags the apostrophe is rewritten into a straight one, so the condition {% if name == "Дар’я" %} is false
# for the very name that stands in it, and {{ "Дар’я" }} prints "Дар'я"; outside of tags it stays as it is.
# A good guess: a letter of a string in a template is that letter; the mark between quotes is not Word's smart quote.
# Source: docxtpl/template.py, `patch_xml` replaces ’ in every tag, for templates whose quotes Word has made smart.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check docxtpl==0.20.2 python-docx==1.2.0
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import docx
from docxtpl import DocxTemplate

page = docx.Document()
page.add_paragraph('{% if name == "Дар’я" %}the same{% else %}another{% endif %}')
page.add_paragraph('{{ name }} {{ "Дар’я" }} Дар’я')
page.save("letter.docx")
letter = DocxTemplate("letter.docx")
letter.render({"name": "Дар’я"})
letter.save("done.docx")
seen = [line.text for line in docx.Document("done.docx").paragraphs]
print(seen)
assert seen == ["another", "Дар’я Дар'я Дар’я"], "changed"
PY
