using System.Globalization;
using System.Text;

namespace Mlops.Benchmarks.Rows;

/// <summary>One pipeline over a thousand raw files, beside a thousand copies made by other tools.</summary>
static class FileRows
{
    const int Files = 1000;

    public static IEnumerable<Row> All(Playground playground)
    {
        var raw = Write(playground);
        var peers = Peers.Copying(playground.Folder("copies"), Files, Files);
        playground.Settle("files", "Validate");
        peers.Settle();
        yield return new Row(
            "nothing-changed", "1,000 raw files, ingested and validated; the peers: 1,000 copied files",
            [playground.Ours("files", 0, null, "Validate"), .. peers.Idle()], 7, peers.Absent);
        yield return new Row(
            "touched", "all 1,000 with new times and the same bytes",
            [playground.Ours("files", 0, _ => Playground.Touch(raw), "Validate")], 5);
        playground.Settle("files", "Validate");
        yield return new Row(
            "one-changed", "one of 1,000 with other bytes: one is parsed; Ingest alone",
            [playground.Ours("files", 1, number => Change(raw, number), "Ingest"), .. peers.OneChanged()],
            5, peers.Absent);
        yield return new Row(
            "one-changed-validated",
            "the same through Split and Validate: profiled, checked, its rows compared with all others",
            [playground.Ours("files", 3, number => Change(raw, 100 + number), "Validate")], 5);
    }

    /// <summary>The folder of the raw files.</summary>
    public static string Write(Playground playground)
    {
        var raw = playground.Folder("files", "pipelines", "many");
        for (var file = 0; file < Files; file++)
            WriteFile(raw, file, 0);
        File.WriteAllText(Path.Combine(raw, "pipeline.yaml"), """
            name: many
            data:
              sources: ["part-*.csv"]
              key: id
            validate:
              overlap: off
              columns:
                age: { min: 18, max: 110 }
                region: { set: [north, south] }
            train:
              task: binary
              label: left
              positive: "yes"
              trainer: sdca
            """);
        return raw;
    }

    public static void Change(string raw, int number) => WriteFile(raw, 500, 1 + number);

    /// <param name="draft">Another one has other amounts.</param>
    static void WriteFile(string raw, int file, int draft)
    {
        var text = new StringBuilder("id,region,age,amount,left\n");
        for (var row = 0; row < 20; row++)
        {
            var id = 20 * file + row;
            text.Append(CultureInfo.InvariantCulture,
                $"{id},{(id % 2 == 0 ? "north" : "south")},{18 + id * 7 % 60},"
                + $"{draft + id * 31 % 1000}.5,{(id * 7 % 60 > 30 ? "yes" : "no")}\n");
        }
        File.WriteAllText(Path.Combine(
            raw, string.Create(CultureInfo.InvariantCulture, $"part-{file:0000}.csv")), text.ToString());
    }
}
