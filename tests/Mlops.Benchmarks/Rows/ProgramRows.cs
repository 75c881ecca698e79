using System.Globalization;

namespace Mlops.Benchmarks.Rows;

/// <summary>
/// Trivial programs as steps: six in a row over small and large data, and a thousand beside each other.
/// </summary>
static class ProgramRows
{
    const int Many = 1000;

    public static IEnumerable<Row> All(Playground playground) =>
        SixSteps(playground, "64 KB", 1 << 16, 5)
            .Concat(SixSteps(playground, "500 MB", 500 << 20, 3)).Concat(Thousand(playground));

    static IEnumerable<Row> SixSteps(Playground playground, string size, int bytes, int times)
    {
        var name = $"six-{size.Replace(" ", "", StringComparison.Ordinal)}";
        var pipeline = playground.Folder(name, "pipelines", "six");
        var (raw, final) = (Path.Combine(pipeline, "raw.bin"),
            Path.Combine(playground.Folder(name), "out", "six", "steps", "report", "final.bin"));
        var content = new byte[bytes];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(raw, content);
        File.WriteAllText(Path.Combine(pipeline, "pipeline.yaml"), Yaml(bytes - 16));
        var peers = ChainPeers.Of(playground.Folder(name, "peers"), content);
        yield return Row("cold", $"six trivial commands in a row over {size}, four of them copies",
            [Ours(6, _ => Clear(playground, name)), .. peers.Cold()]);
        playground.Settle(name, "Prepare");
        yield return Row("nothing-changed", $"the same again over {size}", [Ours(0, null), .. peers.Idle()]);
        yield return Row(
            "touched", $"the raw file of {size} with a new time; the peers go by time",
            [Ours(0, _ => Playground.Touch(pipeline)), .. peers.Touched()]);
        playground.Settle(name, "Prepare");
        var level = 1;
        yield return Row(
            "late-parameter", $"a parameter of the fifth command, over {size}",
            [Ours(2,
                _ => File.WriteAllText(Path.Combine(pipeline, "pipeline.yaml"), Yaml(bytes - 16, ++level)))]);
        yield return Row(
            "back", "that parameter back to values of before",
            [Ours(0,
                _ => File.WriteAllText(Path.Combine(pipeline, "pipeline.yaml"), Yaml(bytes - 16, --level)))]);
        yield return Row(
            "same-validated", "raw data changed where the second command leaves out: two run, four do not",
            [Ours(2, number => Change(raw, number))]);
        yield return Row(
            "outputs-deleted", $"the last output, {size}, gone from the output folder; the peer: `cp`",
            [
                Ours(0, _ => File.Delete(final)) with
                {
                    After = () => File.Exists(final) ? null : "the output did not come back",
                },
                new Contender("`cp`", ["cp", raw, Path.Combine(playground.Folder(name), "copy")], pipeline),
            ]);

        Row Row(string row, string what, IReadOnlyList<Contender> contenders) =>
            new($"{name}-{row}", what, contenders, times, peers.Absent);

        Contender Ours(int executed, Action<int>? before) =>
            playground.Ours(name, executed, before, "Prepare");
    }

    static IEnumerable<Row> Thousand(Playground playground)
    {
        const string name = "thousand";
        var raw = playground.Folder(name, "pipelines", name, "raw");
        var log = Path.Combine(playground.Folder(name), "log");
        for (var number = 0; number < Many; number++)
            WriteFile(raw, number, "first");
        File.WriteAllText(Path.Combine(playground.Folder(name, "pipelines", name), "pipeline.yaml"), $$"""
            name: thousand
            steps:
              copy:
                run: "cp ${each} ${each_stem}.out && echo ran >> {{log}}"
                shell: true
                each: raw/*.txt
                outputs: "*.out"
            """);
        var peers = Peers.Copying(playground.Folder(name, "peers"), Many, 64);
        yield return new Row(
            "thousand-cold", "1,000 independent `cp` of small files",
            [Ours(1, Many, _ => Clear(playground, name)), .. peers.Cold()], 3, peers.Absent);
        playground.Settle(name, "Prepare");
        yield return new Row(
            "thousand-nothing-changed", "the same again",
            [Ours(0, 0, null), .. peers.Idle()], 5, peers.Absent);
        yield return new Row(
            "thousand-one-changed", "one of the 1,000 with other bytes",
            [Ours(1, 1, number => WriteFile(raw, 7, $"changed {number}")), .. peers.OneChanged()],
            5, peers.Absent);

        Contender Ours(int executed, int programs, Action<int>? before) =>
            playground.Ours(name, executed, number =>
            {
                before?.Invoke(number);
                File.WriteAllText(log, "");
            }, "Prepare") with
            {
                After = () => File.ReadAllLines(log).Length is var ran && ran == programs
                    ? null
                    : $"{ran} programs ran instead of {programs}",
            };
    }

    static void WriteFile(string raw, int number, string text) =>
        File.WriteAllText(Path.Combine(
            raw, string.Create(CultureInfo.InvariantCulture, $"{number:0000}.txt")), $"{text} {number}\n");

    /// <summary>In the last bytes, which validating cuts off.</summary>
    static void Change(string raw, int number)
    {
        using var file = File.OpenWrite(raw);
        file.Seek(-1, SeekOrigin.End);
        file.WriteByte((byte)(7 * number + 1));
    }

    static void Clear(Playground playground, string name)
    {
        foreach (var folder in new[] { "workspace", "out" })
            Directory.Delete(playground.Folder(name, folder), recursive: true);
    }

    static string Yaml(int kept, int level = 1) => $$"""
        name: six
        steps:
          ingest: { run: [cp, raw.bin, data.bin], inputs: raw.bin, outputs: data.bin }
          validate: { run: "head -c {{kept}} data.bin > valid.bin", shell: true, inputs: steps.ingest/data.bin, outputs: valid.bin }
          train: { run: [cp, valid.bin, model.bin], inputs: steps.validate/valid.bin, outputs: model.bin }
          evaluate: { run: "wc -c < model.bin > score.txt", shell: true, inputs: steps.train/model.bin, outputs: score.txt }
          package:
            run: "cat score.txt > package.txt; echo $level >> package.txt"
            shell: true
            parameters: { level: {{level}} }
            inputs: steps.evaluate/score.txt
            outputs: package.txt
          report: { run: [cp, model.bin, final.bin], inputs: [steps.package/package.txt, steps.train/model.bin], outputs: final.bin }
        """;
}
