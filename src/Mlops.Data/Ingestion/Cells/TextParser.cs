using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion;

/// <summary>Text, each distinct one once. Everything is a value of it.</summary>
sealed class TextParser(ColumnType type = ColumnType.Text) : ColumnParser
{
    readonly ByteLevels byBytes = new();
    readonly List<string> levels = [];

    /// <summary>Made when text comes that is not looked up by its bytes.</summary>
    Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>>? byText;
    int[] codes = new int[1024];
    int count;

    public override bool KeepsBlanks => type == ColumnType.Text;
    public override bool MayRefuse => false;
    public override void AddMissing() => Append(-1);
    public override void Truncate(int rows) => count = rows;

    public override string? Add(ReadOnlySpan<char> cell)
    {
        Append(CodeOf(cell));
        return null;
    }

    public override void AddCells(BlockColumn cells, int from, int to, RowFaults faults)
    {
        var column = cells.Cells;
        for (var row = from; row < to; row++)
        {
            if (faults.Has(row))
                continue;
            var cell = column[row];
            if (cell.IsEmpty)
                Append(-1);
            else if (byBytes.TryFind(cell, out var code, out var slot))
                Append(code);
            else
            {
                code = CodeOf(cells, cell);
                byBytes.Add(cell, code, slot);
                Append(code);
            }
        }
    }

    /// <remarks>Rows with faults never came in.</remarks>
    public override void TakeOut(RowFaults faults, int from, int to)
    {
    }

    public override ColumnValues Take()
    {
        var taken = new TextValues(codes[..count], [.. levels], type);
        count = 0;
        levels.Clear();
        byBytes.Clear();
        byText = null;
        return taken;
    }

    /// <summary>Of a cell whose bytes are new.</summary>
    int CodeOf(BlockColumn cells, ReadOnlySpan<byte> cell)
    {
        var text = cells.Text(cell);
        var trimmed = text.Trim();
        if (RowParser.IsMissing(trimmed, cells.MissingWords))
            return -1;
        return KeepsBlanks && byText is null ? AddLevel(text) : CodeOf(KeepsBlanks ? text : trimmed);
    }

    int CodeOf(ReadOnlySpan<char> text)
    {
        byText ??= levels.Select((level, code) => KeyValuePair.Create(level, code))
            .ToDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        return byText.Value.TryGetValue(text, out var code) ? code : AddLevel(text);
    }

    int AddLevel(ReadOnlySpan<char> text)
    {
        var level = text.ToString();
        levels.Add(level);
        byText?.Dictionary.Add(level, levels.Count - 1);
        return levels.Count - 1;
    }

    void Append(int code)
    {
        if (count == codes.Length)
            Array.Resize(ref codes, codes.Length * 2);
        codes[count++] = code;
    }
}
