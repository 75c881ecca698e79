using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>Asks the rows what rules want to know of them: one call per part and set of columns.</summary>
static class RowQuestions
{
    /// <returns>The answers in the order of what was asked.</returns>
    public static async Task<IReadOnlyList<Finding>> Answer(
        StageContext context, TableParts table, IReadOnlyList<Asked> asked)
    {
        var groups = table.Groups();
        var batches = asked.Where(each => each.Question is not null)
            .GroupBy(each => string.Join('\0', each.Question!.Columns), StringComparer.Ordinal)
            .Select(batch => batch.ToList())
            .ToList();
        var results = await context.CallAll(
            PartStages.CheckParts,
            batches.SelectMany(batch => groups.Select(group => new CheckPartsInput(
                group, batch[0].Question!.Columns, [.. batch.Select(each => each.Question!.Check)]))));
        var answers = new Dictionary<Asked, Finding>(ReferenceEqualityComparer.Instance);
        foreach (var (number, batch) in batches.Index())
            foreach (var (check, each) in batch.Index())
            {
                var tally = new RowTally();
                foreach (var (at, group) in groups.Index())
                    tally.Append(
                        results[number * groups.Count + at].Results[check], group.Sum(part => part.RowCount));
                answers[each] = each.Question!.Conclude(tally);
            }
        return [.. asked.Select(each => each.Finding ?? answers[each])];
    }
}
