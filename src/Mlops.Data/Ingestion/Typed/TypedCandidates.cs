using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>
/// The types that all cells of a typed column read as: numbers stay numbers, texts stay texts.
/// </summary>
/// <param name="dates">Patterns of dates and times; null for ISO 8601.</param>
sealed class TypedCandidates(string[] missing, IReadOnlyList<string>? dates)
{
    readonly MissingNumbers missingNumbers = new(missing);
    readonly CandidateTypes times = new('.', dates: dates);
    readonly long[] counts = new long[(int)CellKind.Binary + 1];
    readonly List<Refusal> refusals = [];
    IReadOnlyList<ColumnType> left = CandidateTypes.All;
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

    public InferredColumn Column(string name) => new(
        name, HasValues, Candidates, Values: Values, Missing: counts[(int)CellKind.Missing],
        Refusals: refusals.Count == 0 ? null : refusals);

    public void See(CellKind kind, ReadOnlySpan<char> cell, long line)
    {
        if (kind == CellKind.Text)
        {
            cell = cell.Trim();
            kind = RowParser.IsMissing(cell, missing) ? CellKind.Missing : kind;
        }
        else if (kind is CellKind.Integer or CellKind.Real && missingNumbers.Has(cell))
            kind = CellKind.Missing;
        var first = counts[(int)kind]++ == 0;
        if (Narrows(kind, cell, line) || (first && kind != CellKind.Missing))
            Narrow(cell, line);
    }

    /// <returns>Whether a cell says more than that there is one of its kind.</returns>
    bool Narrows(CellKind kind, ReadOnlySpan<char> cell, long line)
    {
        if (kind is CellKind.Nested or CellKind.Binary)
            FirstUnfit ??= line;
        if (kind == CellKind.Integer)
            return !hasLargeInteger
                && (hasLargeInteger = cell.Length > 18 && !Cells.TryInteger(cell, out _));
        return kind == CellKind.Text && times.MayNarrow && times.See(cell);
    }

    void Narrow(ReadOnlySpan<char> cell, long line)
    {
        var narrowed = Candidates;
        if (left.Except(narrowed).ToList() is { Count: > 0 } refused)
            refusals.Add(new Refusal(line, Refusal.Shown(cell), refused));
        left = [.. left.Intersect(narrowed)];
    }
}
