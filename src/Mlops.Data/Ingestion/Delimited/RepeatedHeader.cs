using System.Text;

namespace Mlops.Data.Ingestion;

/// <summary>
/// The header of a file, should it stand among its rows again, as where files were put together byte for
/// byte. Read as a row it would make every column text.
/// </summary>
/// <param name="names">Of the columns; at least two, for a single cell may well be equal to its
/// column's name.</param>
sealed class RepeatedHeader(IReadOnlyList<string> names)
{
    public const string Fault =
        "the header again, as where one file was appended to another with its header";

    /// <summary>A column whose name is as it was written, which is looked at first; below 0 where there may
    /// be none.</summary>
    readonly int telling = names.Count < 2 ? -1
        : names.ToList().FindIndex(name => !name.StartsWith("column-", StringComparison.Ordinal));

    /// <returns>Null unless the record is the header.</returns>
    public string? FaultOf(RecordReader record)
    {
        if (telling < 0 || record.CellCount != names.Count
            || !record[telling].Contains(names[telling], StringComparison.Ordinal))
            return null;
        var cells = new string[names.Count];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = record[i].ToString();
        return Is(cells) ? Fault : null;
    }

    /// <summary>Whether a row of a block is the header.</summary>
    public bool Is(CellBlock block, int row)
    {
        if (telling < 0 || block.Cell(row, telling).IndexOf(Telling(block.Format.Encoding)) < 0)
            return false;
        var cells = new string[names.Count];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = block.Decode(block.Cell(row, i)).ToString();
        return Is(cells);
    }

    byte[]? tellingBytes;

    byte[] Telling(Encoding encoding) => tellingBytes ??= encoding.GetBytes(names[telling]);

    bool Is(string[] cells) =>
        HeaderNames.Of([.. cells.Select(cell => cell.Trim())]).Names.SequenceEqual(names);
}
