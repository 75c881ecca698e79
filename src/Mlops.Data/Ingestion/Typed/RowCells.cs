namespace Mlops.Data.Ingestion.Typed;

/// <summary>What a source that has types of its own says a cell is.</summary>
enum CellKind : byte
{
    Missing,
    Boolean,
    Integer,
    Real,
    Text,
    /// <summary>An object or a list, as JSON.</summary>
    Nested,
    /// <summary>Bytes, as lowercase hexadecimal digits.</summary>
    Binary,
}

/// <summary>The cells of one row: what each is, and its value in invariant text.</summary>
sealed class RowCells
{
    const int FirstChars = 1024;

    char[] text = new char[FirstChars];
    int used;
    Cell[] cells = new Cell[32];

    readonly record struct Cell(CellKind Kind, int Start, int Length);

    /// <summary>Columns that <see cref="Clear"/> covers.</summary>
    int count;

    /// <summary>Characters of all cells of the row.</summary>
    public int Chars => used;

    public CellKind KindOf(int column) => column < count ? cells[column].Kind : CellKind.Missing;

    /// <summary>Valid until the row is cleared.</summary>
    public ReadOnlySpan<char> this[int column] =>
        column < count ? text.AsSpan(cells[column].Start, cells[column].Length) : [];

    public void Clear()
    {
        cells.AsSpan(0, count).Clear();
        used = 0;
    }

    public void Set(int column, CellKind kind, ReadOnlySpan<char> value)
    {
        value.CopyTo(Room(value.Length));
        Take(column, kind, value.Length);
    }

    /// <summary>Where up to so many characters of the next cell may be written.</summary>
    public Span<char> Room(int chars)
    {
        if (text.Length - used < chars)
            Array.Resize(ref text, Math.Max(used + chars, checked(text.Length * 2)));
        return text.AsSpan(used, chars);
    }

    /// <summary>The next cell is what was written to the room.</summary>
    public void Take(int column, CellKind kind, int chars)
    {
        if (column >= cells.Length)
            Array.Resize(ref cells, Math.Max(column + 1, cells.Length * 2));
        count = Math.Max(count, column + 1);
        cells[column] = new Cell(kind, used, chars);
        used += chars;
    }
}
