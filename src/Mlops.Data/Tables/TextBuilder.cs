namespace Mlops.Data.Tables;

/// <summary>Collects text row by row, each distinct value once.</summary>
sealed class TextBuilder
{
    readonly Dictionary<string, int> codeOf;
    readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> codeOfSpan;
    readonly List<string> levels = [];
    readonly ColumnType type;
    int[] codes;
    int count;

    public TextBuilder(int capacity = 1024, ColumnType type = ColumnType.Text)
    {
        this.type = type;
        codes = new int[capacity];
        codeOf = new Dictionary<string, int>(StringComparer.Ordinal);
        codeOfSpan = codeOf.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public int Count => count;

    public void Add(ReadOnlySpan<char> value)
    {
        if (!codeOfSpan.TryGetValue(value, out var code))
            code = AddLevel(value.ToString());
        Append(code);
    }

    public void AddMissing() => Append(-1);

    /// <summary>The code of a level, which is added where it is not yet known.</summary>
    public int CodeOf(string level) => codeOf.TryGetValue(level, out var code) ? code : AddLevel(level);

    /// <summary>A row by its code: -1 or what <see cref="CodeOf"/> gave.</summary>
    public void Append(int code)
    {
        if (count == codes.Length)
            Array.Resize(ref codes, Math.Max(16, codes.Length * 2));
        codes[count++] = code;
    }

    /// <summary>Takes back the rows from the given one on; their levels stay known.</summary>
    public void Truncate(int rows) => count = rows;

    public TextValues Build() => new(codes[..count], [.. levels], type);

    int AddLevel(string level)
    {
        codeOf.Add(level, levels.Count);
        levels.Add(level);
        return levels.Count - 1;
    }
}
