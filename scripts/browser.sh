#!/bin/sh
# Makes a `chromium` for the tests where the distribution has none (Ubuntu's is a snap, which may not
# read the tests' files): Playwright's own build, under that name in the environment.
set -eu

bin=$(dirname "$0")/../.venv/bin
if command -v chromium >/dev/null; then exit 0; fi

"$bin/playwright" install chromium || {
    echo "The tests need a Chromium, and none could be fetched: install one named 'chromium'." >&2
    exit 1
}
program=$("$bin/python" -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)')
printf '#!/bin/sh\nexec "%s" "$@"\n' "$program" >"$bin/chromium"
chmod +x "$bin/chromium"
