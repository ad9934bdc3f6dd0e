"""`python -m tests.docs` brings the manual up to date."""

from tests.docs import ROOT, current

for file, text in current():
    if not file.exists() or file.read_text("utf-8") != text:
        file.write_text(text, "utf-8")
        print(file.relative_to(ROOT))
