"""What strangers put where text is expected, and where a link is.

Facts only: each trick by name. `SEEN` is what no terminal may be sent.
"""

import re

CONTROL = {
    "csi": "\x1b[31mred\x1b[0m",
    "csi-8bit": "\x9b31mred",
    "clear": "\x1b[2J\x1b[H",
    "osc-title": "\x1b]0;owned\x07",
    "osc8": "\x1b]8;;https://evil.example/\x1b\\click\x1b]8;;\x1b\\",
    "osc52": "\x1b]52;c;cm0gLXJmIH4=\x07",
    "dcs": '\x1bP$q"p\x1b\\',
    "c1": "\x85\x90\x9d\x9e\x9f\x84",
    "nul": "a\x00b",
    "backspace": "safe\x08\x08\x08\x08evil",
    "return": "safe\revil",
    "bell": "\x07\x07",
    "delete": "x\x7fy",
    "bidi": "\u202egpj.exe\u202c",
    "isolate": "\u2066hidden\u2069\u2067right\u2069",
    "marks": "a\u200eb\u200fc\u061cd",
    "zero-width": "pay\u200bpal\u2060\ufeff",
    "soft-hyphen": "pay\u00adpal",
    "tags": "x\U000e0041\U000e0042\U000e007f",
    "lines": "one\u2028two\u2029three\x0bfour\x0cfive",
    "unterminated": "\x1b]0;never closed",
}
"""Characters that a terminal obeys, or an eye is deceived by."""

MARKUP = {
    "colour": "[red]red[/red]",
    "close": "[/]",
    "click": "[@click=app.quit]here[/]",
    "link": "[link=https://evil.example/]x[/link]",
    "nested": "[[bold]]x[[/bold]]",
    "open": "[bold",
    "variable": "[$primary on $error]x",
}
"""What Textual and Rich take for markup."""

SCRIPTS = {
    "javascript": "javascript:alert(1)",
    "spaced": "\x01java\nscript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "file": "file:///etc/passwd",
    "shell": "https://evil.example/`id`;$(id)|id'\"&id",
    "option": "--help",
    "mail": "mailto:a@evil.example",
}
"""Links that are none, or that a shell would like."""

PRIVATE = {
    "plain": "127.0.0.2",
    "decimal": "2130706434",
    "hex": "0x7f000002",
    "hex-parts": "0x7f.0x0.0x0.0x2",
    "octal": "0177.0.0.02",
    "short": "127.2",
    "mapped": "[::ffff:127.0.0.2]",
    "mapped-hex": "[::ffff:7f00:2]",
    "nat64": "[64:ff9b::7f00:2]",
    "6to4": "[2002:7f00:2::]",
    "loopback6": "[::1]",
    "localhost": "localhost",
    "localhost-dot": "localhost.",
    "sub-localhost": "a.localhost",
    "any": "0.0.0.0",  # noqa: S104  an address that is refused
    "ten": "10.0.0.1",
    "metadata": "169.254.169.254",
    "metadata-name": "metadata.google.internal",
    "escaped": "127%2e0%2e0%2e2",
    "wide": "１２７.０.０.２",
    "user": "public.example@127.0.0.2",
}
"""Spellings of addresses that are nobody's business."""

SEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e"
    "\u2028\u2029\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
"""Characters that no line of ours holds, in text or JSON."""

HTML = {
    "script": "<script>alert(1)</script>",
    "script-in-text": "<<script>script>alert(1)<</script>/script>",
    "handler": "<p onclick=alert(1) onmouseover='alert(1)'>click</p>",
    "image": "<img src=x onerror=alert(1)><img src='javascript:alert(1)'>",
    "data-image": "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "svg": "<svg/onload=alert(1)><a xlink:href='javascript:alert(1)'><text>x</a></svg>",
    "math": "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "mutation": "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "template": "<template><img src=x onerror=alert(1)></template>",
    "frame": "<iframe srcdoc='<script>x()</script>' src='//evil.example'></iframe>",
    "object": "<object data='javascript:x()'></object><embed src='//evil.example'>",
    "form": "<form action='//evil.example'><input name=a autofocus onfocus=alert(1)>",
    "style": "<style>@import '//evil.example';</style><p style='color:url(x)'>s</p>",
    "meta": "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "base": "<base href='javascript:/a/'><a href='x'>based</a>",
    "link": "<link rel=stylesheet href='//evil.example/x.css'>",
    "javascript": "<a href='javascript:alert(1)'>a</a>",
    "spelled": "<a href=' \x01jAva&#x09;script&colon;alert(1)'>a</a>",
    "vbscript": "<a href='vbscript:msgbox(1)'>a</a>",
    "data": "<a href='data:text/html;base64,PHNjcmlwdD4='>a</a>",
    "file": "<a href='file:///etc/passwd'>a</a><img src='file:///etc/passwd'>",
    "markdown": "<p>[a](javascript:alert(1)) ![b](data:image/png;base64,AA) [c](ftp://d)",
    "markdown-html": "<p>&lt;script&gt;x()&lt;/script&gt; &lt;img onerror=x&gt;</p>",
    "markdown-code": "<pre>```\n&lt;script&gt;alert(1)&lt;/script&gt;\n```</pre>",
    "class": "<pre class='x\" onclick=x()'><code class='language-c\"onload=x'>c</pre>",
    "comment": "<!--><img src=x onerror=x()>--><![CDATA[<script>x()</script>]]>",
    "attribute": "<a title='\"><script>alert(1)</script>' href='https://a.example/'>t</a>",
    "audio": "<audio src=x onerror=x()></audio><video poster='javascript:x'></video>",
    "popover": "<button popovertarget=x formaction='javascript:alert(1)'>b</button>",
}
"""What a page or a feed would like a browser to run or fetch."""
