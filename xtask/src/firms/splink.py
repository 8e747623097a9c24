"""Splink 5.0.0 on DuckDB 1.5.x over a table of firms: python splink.py FIRMS.csv PAIRS.csv

Fields are cleaned as a careful user would; training is without labels, as the manual shows it.
"""

import re
import resource
import sys
import time
import unicodedata

import duckdb
import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on


def plain(text):
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).upper()


def name(text):
    text = plain(text)
    for word in ("深圳市", "深圳", "龙岗区"):
        text = text.replace(word, "", 1)
    return re.sub("(有限责任公司|有限公司)$", "", text)


def address(text):
    return re.sub("广东省|深圳市|龙岗区|街道", "", plain(text)).replace("座", "栋").replace("层", "楼").replace("號", "号")


def main():
    rows = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
    rows["name"] = rows["name"].map(name)
    rows["brand"] = rows["name"].str[:2]
    rows["address"] = rows["address"].map(address)
    rows["house"] = rows["address"].str.split("[A-Z]").str[0]
    rows["phone"] = rows["phone"].map(lambda text: re.sub(r"\D", "", text)[-11:])
    rows["code_tail"] = rows["code"].str[-7:]
    rows["account_tail"] = rows["account"].str[-8:]
    rows = rows.mask(rows == "")
    began = time.time()
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.LevenshteinAtThresholds("name", [1, 2]).configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("code", [1, 2]),
            cl.LevenshteinAtThresholds("phone", [1, 2]).configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("address", [1, 3]).configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("account", [1, 2]).configure(term_frequency_adjustments=True),
            cl.ExactMatch("person").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("name"),
            block_on("code"),
            block_on("phone"),
            block_on("account"),
            block_on("address"),
            block_on("code_tail"),
            block_on("account_tail"),
            block_on("brand", "person"),
            block_on("brand", "house"),
        ],
        retain_intermediate_calculation_columns=False,
    )
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    api = DuckDBAPI(connection)
    linker = Linker(api.register(rows), settings)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("code"), block_on("name", "person"), block_on("phone", "account")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
    for rule in (block_on("name"), block_on("phone"), block_on("account")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    pairs[["unique_id_l", "unique_id_r", "match_probability"]].to_csv(sys.argv[2], header=False, index=False)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        f"{len(rows)} rows, CPU {used.ru_utime + used.ru_stime:.1f} s with imports, wall {time.time() - began:.1f} s, "
        f"peak {used.ru_maxrss // 1024} MiB"
    )


main()
