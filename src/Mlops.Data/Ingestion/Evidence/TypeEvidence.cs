using System.Globalization;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>Why a column is taken to be of its type, in words.</summary>
static class TypeEvidence
{
    public static ColumnOrigin Of(ColumnDeclaration column, IReadOnlyList<SeenColumn> seen)
    {
        var first = seen.FirstOrDefault(each => each.Column.HasValues) ?? seen[0];
        if (first.Column.Typed is { } typed && ColumnDeclaration.Of(typed) == column)
            return new ColumnOrigin(column.Name, "as its files say");
        var (values, missing) =
            (seen.Sum(each => each.Column.Values), seen.Sum(each => each.Column.Missing));
        var from = seen.All(each => each.Column.IsFromPath) ? " out of paths" : "";
        return new ColumnOrigin(column.Name, values + missing == 0
            ? seen.Any(each => each.Column.Typed is not null)
                ? "inferred from the types that its files say" : "inferred without any cell"
            : $"inferred from {Counted.Of(values + missing, "cell", "cells")}{from}, "
                + Missing(missing, values + missing), Because(seen));
    }

    static string Missing(long missing, long cells) => missing == 0 ? "none missing"
        : missing == cells ? "all missing"
        : missing < 0.001 * cells ? "< 0.1 % missing"
        : string.Create(CultureInfo.InvariantCulture, $"{100.0 * missing / cells:0.0} % missing");

    /// <summary>The cell that last left fewer types, files in their order; null if none did.</summary>
    static string? Because(IReadOnlyList<SeenColumn> seen)
    {
        var left = TypeSet.Of(CandidateTypes.All);
        var (hasValues, because) = (false, (string?)null);
        foreach (var source in seen)
        {
            if (!source.Column.HasValues)
                continue;
            foreach (var refusal in source.Column.Refusals ?? [])
            {
                var refused = left.And(TypeSet.Of(refusal.Types));
                if (!refused.IsEmpty && (hasValues || refused == left))
                    because = $"{Cell(source, refusal)} is {IsNo(refusal.Cell, refused)}";
                left = left.Without(refused);
                hasValues = true;
            }
            var kept = left.And(TypeSet.Of(source.Column.Candidates));
            if (kept != left)
                because = $"{source.File} says another type";
            (left, hasValues) = (kept, true);
        }
        return because;
    }

    /// <summary>Which cell it is, and where.</summary>
    static string Cell(SeenColumn source, Refusal refusal) => refusal.Line == 0
        ? $"'{refusal.Cell}' in the path of {source.File}"
        : $"'{refusal.Cell}' in {source.File} {Numbered(source, refusal)}";

    /// <summary>The same where the file is named already.</summary>
    public static string CellIn(SeenColumn source, Refusal refusal) => refusal.Line == 0
        ? $"'{refusal.Cell}' in its path"
        : $"'{refusal.Cell}' in {Numbered(source, refusal)}";

    static string Numbered(SeenColumn source, Refusal refusal) =>
        SourceKind.Numbered(source.HasLines, refusal.Line + source.FirstLine - 1);

    /// <summary>The widest type that a cell was refused by says most.</summary>
    static string IsNo(string cell, TypeSet refused) =>
        refused.Has(ColumnType.Real)
            ? CandidateTypes.IsCode(cell) ? "digits that a number would not keep"
                : refused.Count > 2 ? "no number, date, true or false" : "no number"
            : refused.Has(ColumnType.Integer) ? "no integer"
            : refused.Has(ColumnType.Timestamp) ? "no timestamp"
            : refused.Has(ColumnType.Date) ? "no date alone" : "neither true nor false";
}
