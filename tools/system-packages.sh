#!/usr/bin/env bash
# Install the Debian packages that `make` needs beyond Python, where it may; say what is missing where not.
#   fonts  Chinese faces for printed papers (without them papers come out in whatever is there, and say so)
#   tests  a browser for the page tests, poppler to look into printed papers
set -euo pipefail
packages=()
for group in "$@"; do
  case "$group" in
    fonts)
      fc-list 2>/dev/null | grep -q "Noto Serif CJK" || packages+=(fontconfig fonts-noto-cjk)
      fc-list 2>/dev/null | grep -qi fandol || ls /usr/share/texlive/texmf-dist/fonts/opentype/public/fandol >/dev/null 2>&1 || packages+=(texlive-lang-chinese)
      ;;
    tests)
      command -v chromium >/dev/null || command -v chromium-browser >/dev/null || packages+=(chromium)
      command -v pdftoppm >/dev/null || packages+=(poppler-utils)
      ;;
  esac
done
[ ${#packages[@]} -eq 0 ] && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "正在安装系统软件包：${packages[*]}"
  if apt-get update -qq >/dev/null 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null 2>&1; then
    exit 0
  fi
fi
echo "没有装上系统软件包：${packages[*]}（需要管理员权限和软件源）。" >&2
echo "没有字体时，打印的文书用现有字体代替；没有浏览器时，相应的测试跳过并说明。" >&2
echo "请由管理员执行：apt-get install ${packages[*]}" >&2
exit 0
