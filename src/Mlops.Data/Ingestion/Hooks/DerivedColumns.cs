using Microsoft.Data.Analysis;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>The derived-columns hooks by name, and the way of a table through one of them.</summary>
sealed class DerivedColumns(IReadOnlyDictionary<string, Func<DataFrame, DataFrame>> hooks)
{
    /// <returns>Null where there is such a hook.</returns>
    public Problem? FindProblem(string name) => hooks.ContainsKey(name) ? null : new Problem(
        "DATA-012", $"There is no derived-columns hook '{name}'.",
        Next: NearestNames.Suggest(name, hooks.Keys.Order(StringComparer.Ordinal)));

    /// <exception cref="ProblemException">The hook failed (DATA-025).</exception>
    /// <exception cref="SourceFaultException">What the hook returned is no table of as many rows.</exception>
    public Table Apply(string name, Table table)
    {
        var derived = Call(name, DataFrames.Of(table));
        if (derived.Rows.Count != table.RowCount)
            throw new SourceFaultException(new Problem(
                "DATA-023", $"The hook '{name}' changed the number of rows.", new Place(""),
                Expected: Counted.Of(table.RowCount, "row", "rows"),
                Actual: Counted.Of(derived.Rows.Count, "row", "rows"),
                Next: "A hook adds or changes columns; "
                    + "rows are left out by declared checks or by the split."));
        return DataFrames.ToTable(name, derived, table.Schema);
    }

    DataFrame Call(string name, DataFrame frame)
    {
        try
        {
            return hooks[name](frame) ?? throw new InvalidOperationException("It returned null.");
        }
        catch (Exception e) when (
            e is not (OutOfMemoryException or OperationCanceledException or ProblemException))
        {
            throw new ProblemException([new Problem(
                "DATA-025", $"The hook '{name}' failed.", Actual: $"{e.GetType().Name}: {e.Message}")],
                    inner: e);
        }
    }
}
