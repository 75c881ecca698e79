using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion;

/// <summary>Text, each distinct one once. Everything is a value of it.</summary>
sealed class TextParser(ColumnType type = ColumnType.Text) : ColumnParser
{
    readonly ByteLevels byBytes = new();
    readonly PooledList<char> chars = new();
    readonly PooledList<int> ends = new();
    readonly PooledList<int> codes = new();

    /// <summary>Made when text comes that is not looked up by its bytes.</summary>
    Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>>? byText;

    public override bool KeepsBlanks => type == ColumnType.Text;
    public override bool MayRefuse => false;
    public override void AddMissing() => codes.Add(-1);
    public override void Truncate(int rows) => codes.Truncate(rows);

    public override string? Add(ReadOnlySpan<char> cell)
    {
        codes.Add(CodeOf(cell));
        return null;
    }

    public override void AddCells(BlockColumn cells, int from, int to, RowFaults faults)
    {
        var column = cells.Cells;
        var added = codes.Extend(to - from - faults.Count);
        var next = 0;
        for (var row = from; row < to; row++)
        {
            if (faults.Count > 0 && faults.Has(row))
                continue;
            var cell = column[row];
            ref var code = ref added[next++];
            if (cell.IsEmpty)
                code = -1;
            else if (!byBytes.TryFind(cell, out code, out var slot))
            {
                code = CodeOf(cells, cell);
                byBytes.Add(cell, code, slot);
            }
        }
    }

    /// <remarks>Rows with faults never came in.</remarks>
    public override void TakeOut(RowFaults faults, int from, int to)
    {
    }

    public override ColumnValues Take()
    {
        var lent = Lend();
        return new TextValues(lent.Codes.ToArray(), [.. lent.Levels], type);
    }

    public override TextValues Lend()
    {
        var lent = new TextValues(codes.Items, Levels, type, codes.Count);
        codes.Truncate(0);
        chars.Truncate(0);
        ends.Truncate(0);
        byBytes.Clear();
        byText = null;
        return lent;
    }

    public override void Dispose()
    {
        byBytes.Dispose();
        chars.Dispose();
        ends.Dispose();
        codes.Dispose();
    }

    PackedTexts Levels => new(chars.Items.AsMemory(0, chars.Count), ends.Items.AsMemory(0, ends.Count));

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
        byText ??= Levels.Select((level, code) => KeyValuePair.Create(level, code))
            .ToDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        return byText.Value.TryGetValue(text, out var code) ? code : AddLevel(text);
    }

    int AddLevel(ReadOnlySpan<char> text)
    {
        text.CopyTo(chars.Extend(text.Length));
        ends.Add(chars.Count);
        byText?.Dictionary.Add(text.ToString(), ends.Count - 1);
        return ends.Count - 1;
    }
}
