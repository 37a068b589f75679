"""`make bench`: every measurement in turn, each with its peers in the same run.

BIHUAN_BENCH=small leaves out the million of everything. The real papers are measured where they lie beside the
checkout, and said to be missing where they do not.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"
REAL = ("000", "002", "004")
SMALL = os.environ.get("BIHUAN_BENCH") == "small"


def main() -> int:
    """Run the benches one after another; the worst exit status."""
    seeds = [str(path) for number in REAL for path in sorted(SEEDS.glob(f"{number}_*.txt"))]
    if len(seeds) < len(REAL):
        print(f"（真实文件 {'、'.join(REAL)} 只找到{len(seeds)}份，其余只测自编的文件）")
    entries = {"BIHUAN_BENCH_ENTRIES": "100000"} if SMALL else {}
    worst = 0
    for title, module, arguments in (
        ("读文件（与通用中文分词、词性工具同一文本）", "bench.reading", seeds),
        ("答复审查（自编的标注答复）", "bench.replies", []),
        ("公开前的个人信息（自编的标注句子）", "bench.privacy", []),
        ("读 10 MB 的文件夹（bihuan read --facts，墙上时间，含启动）", "bench.folder", []),
        ("制作公文", "bench.writing", []),
        ("全文检索（与逐行扫描、FTS5 其他分词方式）", "bench.search", []),
        ("台账（与只算摘要）", "bench.ledger", []),
        ("相近事项（与 rapidfuzz 逐一比较、rensa 内存索引，同一文本）", "bench.kin", []),
        ("推荐承办单位（与最忙单位、rapidfuzz 最近文本）", "bench.handlers", []),
        ("工作台、清单、办理（一千至一百万个事项）", "bench.matters", []),
        ("代表建议年度报告（十万、一百万件）", "bench.figures", []),
    ):
        print(f"\n== {title} ==", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments], cwd=ROOT, env=os.environ | entries, check=False
        )
        worst = max(worst, done.returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
