namespace Mlops.Data.Tables;

/// <summary>Collects text row by row, each distinct value once.</summary>
sealed class TextBuilder(int capacity = 1024, ColumnType type = ColumnType.Text)
{
    readonly LevelIndex levels = new();
    int[] codes = new int[capacity];
    int count;

    public int Count => count;

    public void Add(ReadOnlySpan<char> value) => Append(levels.CodeOf(value));

    public void AddMissing() => Append(-1);

    /// <summary>The code of a level, which is added where it is not yet known.</summary>
    public int CodeOf(string level) => levels.CodeOf(level);

    /// <summary>A row by its code: -1 or what <see cref="CodeOf"/> gave.</summary>
    public void Append(int code)
    {
        if (count == codes.Length)
            Array.Resize(ref codes, Math.Max(16, codes.Length * 2));
        codes[count++] = code;
    }

    /// <summary>Takes back the rows from the given one on; their levels stay known.</summary>
    public void Truncate(int rows) => count = rows;

    public TextValues Build() => new(codes[..count], [.. levels.Levels], type);
}
