using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>
/// The types that all cells of a typed column read as: numbers stay numbers, texts stay texts.
/// </summary>
sealed class TypedCandidates(string[] missing)
{
    readonly CandidateTypes times = new('.');
    readonly long[] counts = new long[(int)CellKind.Binary + 1];
    bool hasLargeInteger;

    /// <summary>The first row that has an object, a list or bytes; null if none.</summary>
    public long? FirstUnfit { get; private set; }

    public bool HasValues => Values > 0;

    public bool HasBinary => counts[(int)CellKind.Binary] > 0;

    long Values => counts.Sum() - counts[(int)CellKind.Missing];

    public IReadOnlyList<ColumnType> Candidates
    {
        get
        {
            var (integers, reals) = (counts[(int)CellKind.Integer], counts[(int)CellKind.Real]);
            if (counts[(int)CellKind.Boolean] == Values)
                return [ColumnType.Boolean];
            if (integers + reals == Values && !hasLargeInteger)
                return reals == 0 ? [ColumnType.Integer, ColumnType.Real] : [ColumnType.Real];
            return counts[(int)CellKind.Text] == Values
                ? [.. times.Left.Where(type => type is ColumnType.Date or ColumnType.Timestamp)] : [];
        }
    }

    public void See(CellKind kind, ReadOnlySpan<char> cell, long line)
    {
        if (kind == CellKind.Text)
        {
            cell = cell.Trim();
            kind = RowParser.IsMissing(cell, missing) ? CellKind.Missing : kind;
        }
        counts[(int)kind]++;
        if (kind is CellKind.Nested or CellKind.Binary)
            FirstUnfit ??= line;
        else if (kind == CellKind.Integer)
            hasLargeInteger |= cell.Length > 18 && !Cells.TryInteger(cell, out _);
        else if (kind == CellKind.Text && times.MayNarrow)
            times.See(cell);
    }
}
