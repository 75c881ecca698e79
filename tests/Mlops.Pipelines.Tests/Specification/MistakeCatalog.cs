namespace Mlops.Pipelines.Tests.Specification;

/// <summary>One file, or one override, for each kind of mistake.</summary>
static class MistakeCatalog
{
    const string Data = "name: churn\ndata: { sources: a.csv }\n";

    const string Train = "train: { task: binary, label: churned }\n";

    public static IReadOnlyList<(string Title, string Yaml)> Files { get; } =
    [
        ("nothing", ""),
        ("a list", "- a"),
        ("a text", "churn"),
        ("broken syntax", "name: [churn"),
        ("a tab", "name: churn\ndata:\n\tsources: a"),
        ("two documents", Data + Train + "---\nname: other"),
        ("an anchor and an alias", "name: churn\ndata: &d { sources: a.csv }\ntrain: *d"),
        ("a tag", "name: !!str churn\ndata: { sources: a.csv }\n" + Train),
        ("a key that is no text", Data + Train + "? [a]\n: b"),
        ("a key written twice", Data + Train + "name: again"),
        ("an unknown key", Data + Train + "evaluat: {}"),
        ("an unknown inner key", Data + "train: { task: binary, label: y, features: { excludes: [a] } }"),
        ("an option of another trainer",
            Data + "train: { task: binary, label: y, trainer: { name: sdca, iteration: 3 } }"),
        ("an unknown trainer", Data + "train: { task: binary, label: y, trainer: fasttree }"),
        ("a trainer that is no name",
            Data + "train: { task: binary, label: y, trainer: { name: [sdca], trees: 3 } }"),
        ("required keys", "title: x"),
        ("a bad name", "name: My Pipeline\ndata: { sources: a.csv }\n" + Train),
        ("names that Windows takes for devices",
            "name: con\ndata: { sources: a.csv }\n" + Train
                + "steps: { com1: { run: [a] }, console: { run: [a] }, nul: { run: [a] } }"),
        ("an unknown word", Data + Train + "split: { method: straified }"),
        ("out of range", Data + Train + "split: { holdout-share: 1 }\npackage: { golden-rows: -1 }\n"
            + "validate: { columns: { a: { missing-max-share: -0.1 } } }"),
        ("texts for numbers", Data
            + "train: { task: binary, label: y, seed: \"1\", trainer: { name: fast-tree, trees: 1e2 } }"),
        ("a word for a boolean",
            Data + Train + "evaluate: { gates: [{ metric: auc, beats-baseline: yes }] }"),
        ("a section for a value", "name: { a: b }\ndata: { sources: { a: b } }\n" + Train),
        ("a value for a section", Data + "train: binary"),
        ("a bad version", Data + Train + "package: { version: 1.0 }"),
        ("a bad encoding and delimiter",
            "name: churn\ndata: { sources: a, format: { encoding: utf-99, delimiter: \"||\" } }\n" + Train),
        ("a bad column type",
            "name: churn\ndata: { sources: a, columns: { churned: bool, day: 3 } }\n" + Train),
        ("no columns", "name: churn\ndata: { sources: a, columns: {} }\n" + Train),
        ("types that are none",
            "name: churn\ndata: { sources: a, columns: { churned: double, a: decimal, b: 'decimal(19,2)', "
                + "c: { type: timestamp with zone, zone: Europe/Berlim } } }\n" + Train),
        ("levels and a zone on other types",
            "name: churn\ndata: { sources: a, columns: { churned: { type: text, levels: [x] }, "
                + "at: { type: timestamp, zone: UTC } } }\n" + Train),
        ("a format on a number",
            "name: churn\ndata: { sources: a, columns: { churned: { type: real, format: M/d/yyyy } } }\n"
            + Train),
        ("patterns that the clock would have to complete",
            "name: churn\ndata: { sources: a, format: { dates: [dd.MM.yyyy, d/M] }, columns: { "
                + "at: { type: date, format: yyyy-mm-dd }, on: { type: date, format: [] } } }\n" + Train),
        ("separators that mean two things",
            "name: churn\ndata: { sources: a, format: { thousands: \".\", decimal: \".\" }, columns: { "
                + "a: { type: real, decimal: \",\", thousands: \",\" }, b: { type: real, thousands: \"\" }, "
                + "c: { type: integer, thousands: \".\" }, d: { type: float, decimal: \".\" } } }\n" + Train),
        ("separators where there are no numbers, and odd ones",
            "name: churn\ndata: { sources: a, format: { thousands: _ }, columns: { "
                + "a: { type: text, thousands: \",\" }, b: { type: integer, decimal: \",\" }, "
                + "c: { type: real, thousands: x } } }\n" + Train),
        ("thousands like the delimiter of files without quotes",
            "name: churn\ndata: { sources: a, format: { quote: \"\", thousands: \",\" } }\n" + Train),
        ("an unknown check of a column",
            Data + Train + "validate: { columns: { a: { mininum: 1, paterns: x } } }"),
        ("an unknown check of the whole",
            Data + Train + "validate: { checks: [{ duplicate: all }, { correlations: 0.9 }] }"),
        ("checks that ask for nothing or for two things",
            Data + Train + "validate: { checks: [{ severity: warn }, { unique: [a, b], custom: c }] }"),
        ("thresholds and times that are none",
            Data
            + Train
            + "validate: { columns: { a: { fail-above: 20, warn-above: 3 row, max-age: 7, "
            + "max-gap: 2 fortnights } } }"),
        ("rules that do not read", Data + Train + """
            validate:
              checks: ["price <=", { rule: "a = 'x" }, "a + (b", "2a > 1", "a is lacking"]
              columns: { a: { complete-if: "b ~ 1" } }
            """),
        ("rules over columns that are not declared", """
            name: churn
            data: { sources: a, columns: { churned: text, list-price: real, price: real } }
            validate: { checks: ["prise <= list-price"], redact: [pric], columns: { price: { complete-if: "chured = 'yes'" } } }
            train: { task: binary, label: churned }
            """),
        ("columns that cannot be redacted", """
            name: churn
            matrix: market
            data: { sources: a, time: day, key: id }
            validate: { redact: [id, churned, market, day, pay] }
            train: { task: binary, label: churned }
            monitor: { reference: package, current: { from: 2026-01-01 }, columns: { pay: { statistic: wasserstein } } }
            """),
        ("checks that lack what they need", Data + Train
            + "validate: { columns: { a: { set-min-share: 0.9, per: b, "
            + "references: { column: c }, quantiles: { high: { max: 1 } }, min: 1, above: 2 } } }"),
        ("formats of references", Data + Train + """
            validate:
              columns:
                a: { references: { file: codes.csv, column: c, format: { kind: jsonl, decimal: ",", skip-lines: -1 } } }
                b: { references: { file: codes.csv, column: c, format: { delimiter: ";", quote: ";" } } }
                c: { references: { pipeline: other, column: c, format: tsv } }
            """),
        ("warnings that come too late", Data + Train
            + "validate: { columns: { a: { min: 1, warn-above: 0.05 }, "
            + "b: { min: 1, fail-above: 5 rows, warn-above: 5 rows }, "
            + "c: { min: 1, fail-above: 0.1, warn-above: 0.05 }, "
            + "d: { set: [x], set-min-share: 0.9, warn-above: 0.05 } }, "
            + "checks: [{ rule: a < b, fail-above: 0.1, warn-above: 0.2 }] }"),
        ("an unset variable", "name: churn\ndata: { sources: \"${FOLDER}/a.csv\" }\n" + Train),
        ("a malformed variable", "name: churn\ndata: { sources: \"${FOLDER/a.csv\" }\n" + Train),
        ("columns that are not declared", """
            name: churn
            matrix: regin
            data: { sources: a, columns: { region: text, churned: text, day: date }, key: [id], time: dya }
            validate: { columns: { regions: {} } }
            split: { method: group, column: customer }
            train: { task: binary, label: churn, features: { exclude: [x], categorical: [Region] } }
            evaluate: { slices: [regio] }
            """),
        ("roles that clash", """
            name: churn
            matrix: region
            data: { sources: a, key: id, time: day }
            train: { task: binary, label: y, features: { include: [y, id, region, b, c, day], exclude: [b], categorical: [b] } }
            """),
        ("the label as key", "name: churn\ndata: { sources: a, key: churned }\n" + Train),
        ("the label excluded", Data + "train: { task: binary, label: y, features: { exclude: [y] } }"),
        ("a column listed twice", Data + Train + "evaluate: { slices: [a, a] }"),
        ("metrics of another task",
            Data + Train + "evaluate: { metrics: [auc, rmse], gates: [{ metric: log-loss, max: 1 }] }"),
        ("an unknown metric", Data + Train + "evaluate: { metrics: [acuracy] }"),
        ("gates without sense", Data + Train
            + "evaluate: { gates: [{ metric: auc }, { metric: f1, min: 2, max: 1 }, { metric: auc, min: 0, "
            + "every-slice: true }] }"),
        ("a sweep of what the trainer does not have", Data
            + "train: { task: binary, label: y, trainer: sdca, "
            + "sweep: { metric: rmse, options: { leaves: [2], l1: [0.1, -1] } } }"),
        ("a sweep of nothing", Data + "train: { task: binary, label: y, sweep: { options: {} } }"),
        ("a sweep of unknown options", Data + "train: { task: binary, label: y, "
            + "sweep: { metrik: auc, folds: 1, options: { leafs: [2], threads: [2], trees: [], "
            + "leaves: [4, 4.5, 4] } } }"),
        ("a sweep without end", Data + "train: { task: binary, label: y, sweep: { options: { "
            + $"leaves: [{string.Join(", ", Enumerable.Range(2, 40))}], trees: "
            + $"[{string.Join(", ", Enumerable.Range(1, 40))}] }} }} }}"),
        ("a positive label of a number", Data + "train: { task: regression, label: y, positive: 1 }"),
        ("a split by time without time", Data + Train + "split: { method: time }"),
        ("a split by group without column", Data + Train + "split: { method: group }"),
        ("a split twice",
            Data + Train + "split: { method: time, column: day, at: 2026-01-01, holdout-share: 0.1 }"),
        ("a split with keys of another",
            Data + Train + "split: { method: interleaved, column: day, at: 2026-01-01, seed: 2 }"),
        ("a split at no time", Data + Train + "split: { method: time, column: day, at: tomorrow }"),
        ("a number stratified",
            Data + "train: { task: regression, label: y }\nsplit: { method: stratified }"),
        ("rules that nothing keeps", Data + Train + """
            validate:
              rows: { min: 2, max: 1 }
              columns:
                a: { min: 1, max: 0 }
                b: { pattern: "(a" }
                c: { type: text, min: 0 }
                d: { pattern: "(?=a)" }
                e: [{ max-length: 9 }, { pii: [email, "a)b"] }]
            """),
        ("a rule against its declaration",
            "name: churn\ndata: { sources: a, columns: { churned: text } }\n" + Train
                + "validate: { columns: { churned: { type: integer } } }"),
        ("a quote like the delimiter",
            "name: churn\ndata: { sources: a, format: { quote: \",\" } }\n" + Train),
        ("a monitor without time",
            Data + Train + "monitor: { reference: { to: 2026-01-01 }, current: { from: 2026-01-01 } }"),
        ("a monitor of scored files without a package", """
            name: churn
            data: { sources: [a.csv], sql: "select * from 'a.csv'", time: day }
            train: { task: binary, label: churned }
            monitor: { sources: [scored/*.csv, steps.fetch], reference: { to: 2026-01-01 } }
            """),
        ("a monitor without windows", Data + Train + "monitor: {}"),
        ("a released package for a matrix", Data + Train + "matrix: region\nmonitor: { current: {}, "
            + "reference: { package: releases/churn-1.0.0.zip } }"),
        ("a released package for derived columns", """
            name: churn
            data: { sources: a.csv, time: day, derive: more }
            train: { task: regression, label: churned }
            monitor: { sources: scored.csv, reference: { package: a.zip, from: 2026-01-01 } }
            """),
        ("a monitor with odd windows", "name: churn\ndata: { sources: a.csv, time: day }\n" + Train
            + "monitor: { reference: { from: 2026-01-01, to: 2025-01-01 }, current: { from: "
            + "2026-01-01, to: 2025-01-01 }, thresholds: { warn: 0.3 } }"),
        ("a monitor with odd thresholds",
            "name: churn\ndata: { sources: a.csv, time: day, columns: { day: date, churned: "
                + "text, x: real } }\n"
                + Train
                + "monitor: { reference: { kind: package, from: 2026-01-01 }, current: {}, exclude: "
                + "[churned], window-rows: 50, thresholds: { statistic: jss, correction: fdr }, columns: "
                + "{ y: psi, x: { statistic: psi, warn: 0.3, drift: 0.2 } } }"),
        ("a step with nothing right",
            "name: p\nsteps: { Clean!: { rnu: x, outputs: [../x, /y], timeout: soon, environment: [a-b], "
                + "parameters: { 1st: 2 }, tools: [sh] } }"),
        ("steps that nothing makes",
            "name: p\nsteps: { clean: { run: [a], outputs: [b.csv] }, mute: { run: [a] }, "
                + "use: { run: [b], inputs: [steps.claen/*.csv, steps.clean/c.csv, steps.mute], "
                + "each: steps.nothing } }"),
        ("data of a step that is not there", "name: churn\ndata: { sources: steps.clena }\n"
            + Train + "steps: { clean: { run: [a], outputs: b } }"),
        ("steps in a circle",
            "name: p\nsteps: { a: { run: [x], inputs: steps.c, outputs: y }, b: { run: [x], inputs: "
                + "steps.a, outputs: y }, c: { run: [x], each: steps.b, outputs: y }, d: { run: [x], "
                + "inputs: steps.a } }"),
        ("a step on itself", "name: p\nsteps: { a: { run: [x], inputs: steps.a, outputs: y } }"),
        ("texts that no shell takes apart",
            "name: p\nsteps: { a: { run: sort -u x }, b: { run: [a, b], shell: true }, c: "
                + "{ run: [\"${tool}\"], parameters: { tool: x } } }"),
        ("a step for files and values, and for neither",
            "name: p\nsteps: { a: { run: [x], each: { files: a, matrix: { m: [1] } } }, "
                + "b: { run: [x], each: {} } }"),
        ("names with two values",
            "name: p\nsteps: { a: { run: [x], each: a.csv, parameters: { each: 1, a-b: 2, HOME: 3 }, "
                + "environment: [a_b, HOME], secrets: [a_b] } }"),
        ("a placeholder that nothing stands for",
            "name: p\nsteps: { a: { run: [x, \"${limt}\", \"${each}\"], parameters: { limit: 1 } } }"),
        ("a pipeline of steps that learns half",
            "name: p\nsteps: { a: { run: [x] } }\ntrain: { task: binary, label: y }"),
    ];

    public static IReadOnlyList<(string Title, string Assignment)> Overrides { get; } =
    [
        ("set: no path", "=3"),
        ("set: no value", "train.seed"),
        ("set: a malformed path", "train..seed=3"),
        ("set: an unknown path", "train.trainer.leafs=64"),
        ("set: an unknown section", "trian.seed=64"),
        ("set: into a text", "name.first=x"),
        ("set: into a mapping by number", "train[0]=x"),
        ("set: beyond a list", "data.sources[3]=x"),
        ("set: a bad value", "train.seed=often"),
        ("set: broken YAML", "train.features.exclude=[a"),
        ("set: an unset variable", "name=${NAME}"),
    ];
}
