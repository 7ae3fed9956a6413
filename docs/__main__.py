"""Write everything that is generated into the documentation: ``python -m docs``."""

from docs.generated import files

if __name__ == "__main__":
    for path, text in files():
        path.write_text(text, encoding="utf-8")
