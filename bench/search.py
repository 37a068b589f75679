"""Full-text search against what else SQLite offers, on the same texts in one run.

`BIHUAN_BENCH_RECORDS` sets how many records (20,000 by default; 200,000 takes some minutes). Peers: a LIKE scan
without an index, FTS5's own trigram tokenizer, and FTS5 over jieba's words. All answer the same question, "the
20 newest records that contain all the words"; truth is a plain substring scan in Python. Latencies are
milliseconds, p50/p95 over 60 queries a class.
"""

from __future__ import annotations

import os
import random
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import quantiles
from time import perf_counter

RECORDS = int(os.environ.get("BIHUAN_BENCH_RECORDS", "20000"))
QUERIES = 60
SEED = 20260302

WHO = ["县人民政府", "县水利局", "县林业局", "县教育局", "县财政局", "乡镇人大", "代表工委", "承办单位"]
DOES = [
    "督促",
    "落实",
    "完善",
    "核查",
    "加快",
    "推进",
    "研究",
    "梳理",
    "公开",
    "评估",
    "整改",
    "保障",
    "统筹",
]
WHAT = [
    *("河道清淤工程", "农村饮水安全", "预算调整方案", "校车运营补助", "古树名木保护", "养老服务设施"),
    *("债务风险防控", "代表建议办理", "污水处理管网", "乡村道路养护", "林地确权登记", "职业教育实训"),
    *("消防通道整治", "小微企业贷款", "社区医疗服务", "农贸市场改造", "茶园低产改造", "渡口安全设施"),
]
HOW = ["按月报告进展", "年底前完成", "明确责任到人", "列入明年计划", "加强部门协作", "接受社会监督"]
RARE = "塘坝堰渠闸渡圩垸岭坳冲畈塆屋铺店桥关庙观寺塔亭阁楼台园圃林场茶桑麻棉稻麦菽粟椒葱蒜姜"

Search = Callable[[Sequence[str]], list[int]]


def texts(count: int) -> list[str]:
    """Texts of about 280 characters, the same every time: some words stand in nearly all, some in few."""
    chance = random.Random(SEED)

    def sentence() -> str:
        number, spot = chance.randrange(1000, 9999), "".join(chance.sample(RARE, 2))
        begins = f"{chance.choice(WHO)}{chance.choice(DOES)}{spot}{chance.choice(WHAT)}"
        return f"{begins}，{chance.choice(HOW)}，编号{number}。"

    return ["".join(sentence() for _ in range(chance.randrange(6, 14))) for _ in range(count)]


def queries(sample: Sequence[str]) -> dict[str, list[list[str]]]:
    """Words cut from the texts wherever: people look for what they remember, not for dictionary words."""
    chance = random.Random(SEED + 1)

    def words(length: int) -> str:
        text = chance.choice(sample)
        start = chance.randrange(len(text) - length)
        return text[start : start + length]

    return {
        "2 characters": [[words(2)] for _ in range(QUERIES)],
        "4 characters": [[words(4)] for _ in range(QUERIES)],
        "two words": [[words(2), words(3)] for _ in range(QUERIES)],
    }


def like(database: sqlite3.Connection, papers: Sequence[str]) -> Search:
    database.execute("CREATE TABLE plain (id INTEGER PRIMARY KEY, text TEXT)")
    database.executemany("INSERT INTO plain VALUES (?, ?)", enumerate(papers, 1))

    def search(words: Sequence[str]) -> list[int]:
        where = " AND ".join("instr(text, ?)" for _ in words)
        sql = f"SELECT id FROM plain WHERE {where} ORDER BY id DESC LIMIT 20"
        return [row[0] for row in database.execute(sql, words)]

    return search


def fts(
    database: sqlite3.Connection, papers: Iterator[str], name: str, tokenizer: str, cut: Callable[[str], str]
) -> Search:
    database.execute(f"CREATE VIRTUAL TABLE {name} USING fts5(text, content='', tokenize='{tokenizer}')")
    database.executemany(f"INSERT INTO {name} (rowid, text) VALUES (?, ?)", enumerate(papers, 1))

    def search(words: Sequence[str]) -> list[int]:
        asked = " AND ".join(f'"{cut(word)}"' for word in words)
        sql = f"SELECT rowid FROM {name} WHERE {name} MATCH ? ORDER BY rowid DESC LIMIT 20"
        return [row[0] for row in database.execute(sql, [asked])]

    return search


def trigram(database: sqlite3.Connection, papers: Sequence[str]) -> Search:
    return fts(database, iter(papers), "trigrams", "trigram", str)


def jieba_words(database: sqlite3.Connection, papers: Sequence[str]) -> Search:
    import jieba

    jieba.setLogLevel("ERROR")
    jieba.initialize()

    def cut(text: str) -> str:
        return " ".join(jieba.cut(text))

    return fts(database, map(cut, papers), "words", "unicode61", cut)


def ours(papers: Sequence[str]) -> Search:
    """Bihuan's own search through its own functions, permission filter and snippets included."""
    from datetime import UTC, datetime

    from django.db import transaction

    from bihuan.library.search import index_text, search

    with transaction.atomic():
        for number, text in enumerate(papers, 1):
            index_text(
                kind="paper",
                key=str(number),
                title="",
                text=text,
                place=None,
                at=datetime(2026, 3, 2, tzinfo=UTC),
            )
    return lambda words: [int(hit.key) for hit in search(" ".join(words), allowed={"paper": None})]


def truth(papers: Sequence[str], words: Sequence[str]) -> list[int]:
    found = [number for number, text in enumerate(papers, 1) if all(word in text for word in words)]
    return found[::-1][:20]


def measure(search: Search, asked: Sequence[Sequence[str]], expected: Sequence[list[int]]) -> str:
    """p50/p95 and how many of the expected newest 20 were found."""
    took, found, wanted = [], 0, 0
    for words, right in zip(asked, expected, strict=True):
        start = perf_counter()
        got = search(words)
        took.append((perf_counter() - start) * 1000)
        found += len(set(got) & set(right))
        wanted += len(right)
    cuts = quantiles(took, n=20)
    return f"{cuts[9]:7.1f}/{cuts[18]:7.1f} ms  recall {found / wanted:5.3f}"


def run() -> list[str]:
    """The printed table: engine, seconds to build, then latency and recall a class of query."""
    papers = texts(RECORDS)
    asked = queries(papers)
    expected = {kind: [truth(papers, words) for words in each] for kind, each in asked.items()}
    lines = [f"search: {RECORDS:,} records, {sum(map(len, papers)):,} characters, {QUERIES} queries a class"]
    with tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(Path(folder) / "peers.sqlite3")
        _own_database(Path(folder) / "ours.sqlite3")
        engines: dict[str, Callable[[], Search]] = {
            "bihuan bigrams": lambda: ours(papers),
            "LIKE scan": lambda: like(database, papers),
            "FTS5 trigram": lambda: trigram(database, papers),
            "FTS5 jieba words": lambda: jieba_words(database, papers),
        }
        for name, build in engines.items():
            start = perf_counter()
            search = build()
            lines.append(f"  {name}: built in {perf_counter() - start:.1f} s")
            lines += [
                f"    {kind:13} {measure(search, each, expected[kind])}" for kind, each in asked.items()
            ]
        database.close()
    return lines


def _own_database(path: Path) -> None:
    """A database of the benchmark's own, migrated, behind the program's default connection."""
    import django
    from django.core.management import call_command
    from django.db import connections
    from django.db.utils import ConnectionHandler

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")
    django.setup()
    options = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL;"}
    settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": options}
    connections["default"] = ConnectionHandler({"default": settings})["default"]
    call_command("migrate", "library", verbosity=0, skip_checks=True)


if __name__ == "__main__":
    sys.stdout.write("\n".join(run()) + "\n")
