using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Profiling;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>What sources hold, numbers in groups of digits among it.</summary>
/// <param name="Dataset">As inferred without them.</param>
/// <param name="Schema">With them.</param>
/// <param name="Profile">With them.</param>
sealed record Reading(Dataset Dataset, TableSchema Schema, PartProfile Profile, GroupedColumns Grouped)
{
    /// <param name="beginning">The first rows of a dataset.</param>
    /// <remarks>
    /// The first rows suggest it, and all have to read so before it is believed: if a row more does not
    /// parse, its column stays text.
    /// </remarks>
    public static async Task<Reading> Of(
        Func<IngestInput, Task<(Dataset, PartProfile)>> read, Func<Dataset, Task<Table>> beginning,
        IngestInput input)
    {
        var (dataset, profile) = await read(input);
        var schema = dataset.Table.Schema;
        var grouped = GroupedColumns.Of(await beginning(dataset), input.Format);
        while (grouped.Count > 0)
        {
            var (numbers, withNumbers) = await read(grouped.Declared(input, schema));
            if (numbers.QuarantinedRows <= dataset.QuarantinedRows)
                return new Reading(dataset, numbers.Table.Schema, withNumbers, grouped);
            var unfit = numbers.Sources.SelectMany(source => source.Samples)
                .Select(row => row.Column).OfType<string>().ToList();
            grouped = grouped.Without(unfit.Exists(grouped.ByName.ContainsKey) ? unfit : grouped.ByName.Keys);
        }
        return new Reading(dataset, schema, profile, grouped);
    }
}
