"""What is measured in a widget: functions of its #page to run in the frame, and how to judge it."""

import re

SIZES = """(page) => ({
  content: Math.ceil(page.getBoundingClientRect().height),
  inner: innerHeight,
  scrolls: document.documentElement.scrollHeight > innerHeight
    || document.documentElement.scrollWidth > innerWidth,
})"""

# Every piece of text that is shown, with its colour and the first opaque background below it.
TEXTS = """(page) => {
  const opaque = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const { backgroundColor } = getComputedStyle(each);
      if (!backgroundColor.includes("rgba")) return backgroundColor;
    }
    return "none";
  };
  return [...page.querySelectorAll("*")].filter((each) =>
    each.checkVisibility() && [...each.childNodes].some((n) => n.nodeType === 3 && n.data.trim())
  ).map((each) => [each.textContent.trim(), getComputedStyle(each).color, opaque(each)]);
}"""


def luminance(color: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def expect_contrast(texts: list[tuple[str, str, str]]) -> None:
    """Each of TEXTS stands on an opaque ground and can be read there (WCAG 2, AA)."""
    assert len(texts) > 5
    for text, color, background in texts:
        assert background != "none", text
        assert contrast(color, background) >= 4.5, (text, color, background)
