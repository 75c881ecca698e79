namespace Mlops.Data.Tables;

/// <summary>
/// Dictionary-coded text: <paramref name="codes"/> index <paramref name="levels"/>, -1 is missing.
/// </summary>
/// <param name="type">Text or Category.</param>
/// <param name="count">How many of the first codes there are; null for all.</param>
public sealed class TextValues(
    int[] codes, IReadOnlyList<string> levels, ColumnType type = ColumnType.Text, int? count = null)
    : ColumnValues
{
    public ReadOnlySpan<int> Codes => codes.AsSpan(0, Count);
    public IReadOnlyList<string> Levels => levels;
    public override ColumnType Type { get; } = type.IsText()
        ? type
        : throw new ArgumentException($"{type} is no text.", nameof(type));
    public override int Count { get; } = count ?? codes.Length;
    internal ReadOnlyMemory<char> Level(int code) =>
        levels is PackedTexts packed ? packed.Memory(code) : levels[code].AsMemory();
    public override bool IsMissing(int row) => codes[row] < 0;
    public override double Number(int row) =>
        throw new InvalidOperationException("A text column has no numbers.");
    public override string? Text(int row) => codes[row] < 0 ? null : levels[codes[row]];
    public override ColumnValues Take(ReadOnlySpan<int> rows) =>
        new TextValues(Pick(codes, rows), levels, Type);

    internal static T[] Pick<T>(T[] values, ReadOnlySpan<int> rows)
    {
        var picked = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            picked[i] = values[rows[i]];
        return picked;
    }
}
