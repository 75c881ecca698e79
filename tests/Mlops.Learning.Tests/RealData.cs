using System.Globalization;
using System.IO.Compression;
using System.Text;
using Mlops.Data.Tables;
using Sylvan.Data.Csv;

namespace Mlops.Learning.Tests;

/// <summary>
/// The public data sets in the folder <c>shared</c> beside the repository, if they are there.
/// </summary>
static class RealData
{
    /// <summary>A column is numeric if every cell is a number, blank or NA; the others are text.</summary>
    public static Table Load(string name)
    {
        var path = Path.Combine(Folder(), "data", name);
        Assert.SkipUnless(File.Exists(path), $"The public data set {name} is not here.");
        using Stream file = name.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(File.OpenRead(path), CompressionMode.Decompress)
            : File.OpenRead(path);
        using var csv = CsvDataReader.Create(new StreamReader(file, Encoding.UTF8));
        var cells = Enumerable.Range(0, csv.FieldCount).Select(_ => new List<string>()).ToArray();
        while (csv.Read())
            for (var i = 0; i < cells.Length; i++)
                cells[i].Add(csv.GetString(i).Trim() is var cell and not "NA" ? cell : "");
        var columns = cells.Select(Values).ToList();
        return new Table(
            new TableSchema([.. columns.Select((values, i) =>
                new Column(csv.GetName(i), values.Type))]), columns);
    }

    public static Table Where(this Table table, Func<int, bool> keep) =>
        table.Take([.. Enumerable.Range(0, table.RowCount).Where(keep)]);

    static ColumnValues Values(List<string> cells)
    {
        var numbers = cells.Select(cell => cell.Length == 0
            ? double.NaN
            : double.TryParse(cell, CultureInfo.InvariantCulture, out var number) ? number
            : (double?)null).ToList();
        if (numbers.All(number => number is not null))
            return new RealValues([.. numbers.Select(number => number!.Value)]);
        var levels = cells.Where(cell => cell.Length > 0).Distinct().ToArray();
        var codeOf = levels.Select((level, code) => (level, code))
            .ToDictionary(pair => pair.level, pair => pair.code);
        return new TextValues([.. cells.Select(cell => codeOf.GetValueOrDefault(cell, -1))], levels);
    }

    static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Mlops.Build.sln")))
            folder = folder.Parent;
        return Path.Combine(folder?.Parent?.FullName ?? ".", "shared");
    }
}
