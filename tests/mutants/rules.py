"""The rules that a payment frame lives by, and for each what the code would be without it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """`file` with `old` replaced by `new`; one of `tests` must fail then.

    A test is a file of tests/, and after :: a word that is part of a test's name.
    """

    rule: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


SRC = "widget/src/"
SIZING = "e2e/test_sizing.py"

MUTANTS = [
    Mutant(
        "only the window around the frame is listened to",
        SRC + "seller.ts",
        "if (event.source !== parent || !isFrame) return;",
        "",
        ("widget/seller.test.ts",),
    ),
    Mutant(
        "the first valid handshake fixes the seller's origin",
        SRC + "seller.ts",
        "if (origin !== undefined && event.origin !== origin) return;",
        "",
        ("widget/seller.test.ts",),
    ),
    Mutant(
        "a seller that is not allowed is refused",
        SRC + "seller.ts",
        "if (!isAllowedSeller(event.origin, allowed)) return listener.refused(event.origin);",
        "",
        ("widget/seller.test.ts",),
    ),
    Mutant(
        "what the method has refused to send ends no intent",
        SRC + "payment.ts",
        "return event.code !== NOT_SENT;",
        "return true;",
        ("widget/session.test.ts",),
    ),
    Mutant(
        "an allowed seller is told by its whole host",
        SRC + "origin.ts",
        ": url.hostname === base.hostname;",
        ": url.hostname.endsWith(base.hostname);",
        ("widget/origin.test.ts",),
    ),
    Mutant(
        "a handshake that is repeated changes nothing",
        SRC + "session.ts",
        "known(state) ? undefined : readMessage(data, origin)",
        "readMessage(data, origin)",
        ("widget/session.test.ts", "e2e/test_fuzz.py::after_the_handshake"),
    ),
    Mutant(
        "once the seller is known sizes go to it alone",
        SRC + "seller.ts",
        'origin ?? "*"',
        '"*"',
        ("widget/seller.test.ts",),
    ),
    Mutant(
        "a width is sent only where the content needs one",
        SRC + "size.ts",
        'innerWidth === width && (mode === "both" || scrollWidth > clientWidth)',
        "true",
        (SIZING,),
    ),
    Mutant(
        "a frame is not fixed at the width of a moment",
        SRC + "size.ts",
        "innerWidth === width && (mode",
        "(mode",
        ("widget/size.test.ts",),
    ),
    Mutant(
        "a change of the width puts off the width that is to be sent",
        SRC + "size.ts",
        "clearTimeout(settling);",
        "",
        ("widget/size.test.ts",),
    ),
    Mutant(
        "the height is the content's, never the viewport's",
        SRC + "size.ts",
        "Math.ceil(content.getBoundingClientRect().height)",
        "document.documentElement.scrollHeight",
        (SIZING,),
    ),
    Mutant(
        "no message where nothing has changed",
        SRC + "size.ts",
        "if (height === 0 || (height === last.height && fixed === last.width)) return;",
        "",
        (SIZING,),
    ),
    Mutant(
        "a colour of the message is parsed and rebuilt",
        SRC + "theme.ts",
        "const shopSurface = parseColor(sent.backgroundColor);",
        "const shopSurface = parseColor(sent.backgroundColor) ?? sent.backgroundColor as never;",
        ("widget/theme.test.ts",),
    ),
    Mutant(
        "a font of the message is a plain name",
        SRC + "theme.ts",
        ".filter((name) => /^[\\p{L}\\p{N}_ -]{1,60}$/u.test(name))",
        "",
        ("widget/fuzz.test.ts", "widget/theme.test.ts"),
    ),
    Mutant(
        "colours that cannot be read are replaced",
        SRC + "theme.ts",
        "const TEXT_CONTRAST = 4.5;",
        "const TEXT_CONTRAST = 1;",
        ("widget/theme.test.ts",),
    ),
    Mutant(
        "the return address is the seller's own",
        SRC + "origin.ts",
        "url?.origin === seller ? url.href : undefined",
        "url?.href",
        ("widget/origin.test.ts",),
    ),
    Mutant(
        "a bank's address is http(s)",
        SRC + "origin.ts",
        "return url && /^https?:$/.test(url.protocol) ? url : undefined;",
        "return url;",
        ("widget/origin.test.ts",),
    ),
    Mutant(
        "the amount is the gateway's, or nothing is paid",
        SRC + "payment.ts",
        "if (!sameAmount(value, handshake.SUM) || currency !== handshake.CURRENCY) {",
        "if (false) {",
        ("widget/payment.test.ts",),
    ),
    Mutant(
        "no float touches an amount",
        SRC + "money.ts",
        "const exact = canonical(amount);",
        "const exact = canonical(String(Number(amount))); sum = String(Number(sum));",
        ("widget/money.test.ts",),
    ),
    Mutant(
        "one key for each intent, kept across retries",
        SRC + "keys.ts",
        "const key = memory.get(paymentId) ??",
        "const key =",
        ("widget/keys.test.ts",),
    ),
    Mutant(
        "an ended attempt ends its intent",
        SRC + "session.ts",
        "if (payment && endsIntent(event)) keys.discard(payment.id);",
        "",
        ("widget/session.test.ts", "e2e/test_paying.py"),
    ),
    Mutant(
        "what the buyer was shown goes with the attempt, and another amount is refused",
        "widget/gateway/opening.py",
        "if not agreed.equals(Money(now.value, now.currency)):",
        "if False:",
        ("harness/gateway/test_api.py",),
    ),
    Mutant(
        "a payment is charged once, whatever the key",
        "widget/gateway/attempts.py",
        "if is_begun(payment, intent) or payment.paid:",
        "if is_begun(payment, intent):",
        ("harness/gateway/test_api.py",),
    ),
    Mutant(
        "a portal is not told of money that has gone back meanwhile",
        "widget/gateway/attempts.py",
        'if attempt.status != "charged":\n            return None',
        'if attempt.status == "settled":\n            return None',
        ("harness/gateway/test_two_at_once.py",),
    ),
    Mutant(
        "money that another worker is about to tell of is not given back",
        "widget/gateway/attempts.py",
        " and attempt.claimed_until == seen.claimed_until",
        "",
        ("harness/gateway/test_two_at_once.py",),
    ),
    Mutant(
        "a logo is a picture inside the answer, never an address",
        SRC + "view/choice.ts",
        'if (logo?.startsWith("data:image/"))',
        "if (logo)",
        ("e2e/test_methods.py::logo",),
    ),
    Mutant(
        "the page's own script alone may run",
        "widget/policy.py",
        "f\"script-src {' '.join(scripts)}\",",
        "\"script-src 'unsafe-inline'\",",
        ("widget/test_policy.py", "widget/test_build.py"),
    ),
    Mutant(
        "Trusted Types are required",
        "widget/policy.py",
        "\"require-trusted-types-for 'script'\",",
        "",
        ("widget/test_policy.py", "widget/test_build.py"),
    ),
    Mutant(
        "the page reaches nothing but its gateway and its words",
        "widget/policy.py",
        "f\"connect-src {' '.join(connect)}\",",
        '"connect-src *",',
        ("widget/test_policy.py", "widget/test_build.py"),
    ),
    Mutant(
        "a card is gone from the page once the service has it",
        SRC + "methods/card.ts",
        'for (const name of all ? CARD_DATA : CODE) inputs[name].value = "";',
        "",
        ("e2e/test_connection.py::gone",),
    ),
    Mutant(
        "words of another language are what the build made",
        SRC + "locale.ts",
        "integrity: `sha256-${hash}`,",
        "",
        ("e2e/test_languages.py",),
    ),
    Mutant(
        "where the shops are named, the gateway may show the page too",
        SRC + "main.ts",
        "[...settings.allowed_sellers, gateway.origin]",
        "settings.allowed_sellers",
        ("e2e/test_payment_page.py::comes_back",),
    ),
    Mutant(
        "the gateway's own page leads to no other site than a shop's",
        "widget/gateway/payment_page.py",
        "if not gateway.returns_to(back) and back !=",
        "if not back and back !=",
        ("harness/gateway/test_payment_page.py::no_other_site",),
    ),
]
