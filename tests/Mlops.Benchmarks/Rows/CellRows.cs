using System.Globalization;
using System.Text;

namespace Mlops.Benchmarks.Rows;

/// <summary>A matrix of a thousand cells.</summary>
static class CellRows
{
    const int Cells = 1000;

    /// <summary>Ingest and Partition, and in each cell Split and Validate.</summary>
    const int Steps = 2 + 2 * Cells;

    public static IEnumerable<Row> All(Playground playground)
    {
        var raw = Write(playground);
        playground.Settle("cells", "Validate");
        yield return new Row(
            "nothing-changed",
            string.Create(CultureInfo.InvariantCulture, $"1,000 cells of a matrix, {Steps:N0} steps"),
            [playground.Ours("cells", 0, null, "Validate")], 7);
        yield return new Row(
            "touched", "the same with the raw file touched",
            [playground.Ours("cells", 0, _ => Playground.Touch(raw), "Validate")], 5);
        yield return new Row(
            "full-plan", "the same when nothing is known of an idle run: 2,002 keys made and looked up",
            [
                playground.Ours("cells", 0, _ => Directory.Delete(
                    playground.Folder("cells", "workspace", "snapshots"), recursive: true), "Validate"),
            ], 3);
    }

    static string Write(Playground playground)
    {
        var raw = playground.Folder("cells", "pipelines", "cells");
        var text = new StringBuilder("shop,when,price,sold\n");
        for (var row = 0; row < 20 * Cells; row++)
            text.Append(CultureInfo.InvariantCulture,
                $"s{row % Cells:0000},2026-01-{1 + row / Cells:00},{1 + row * 7 % 90}.5,{row * 13 % 400}\n");
        File.WriteAllText(Path.Combine(raw, "sales.csv"), text.ToString());
        File.WriteAllText(Path.Combine(raw, "pipeline.yaml"), """
            name: cells
            matrix: { column: shop }
            data:
              sources: [sales.csv]
              time: when
            validate:
              overlap: off
            train:
              task: regression
              label: sold
              trainer: sdca
            """);
        return raw;
    }
}
