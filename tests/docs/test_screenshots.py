"""The README's pictures show what there is now."""

from docs.screenshots import IMAGES, MADE_FROM, fingerprint


def test_the_pictures_were_taken_of_what_there_is_now() -> None:
    assert MADE_FROM.read_text(encoding="utf-8") == fingerprint(), "Run `make screenshots`."
    assert {each.name for each in IMAGES.glob("*.png")} == {"card.png", "client.png", "form.png"}
