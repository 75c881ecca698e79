using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Validation.Profiling;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>What sources hold, numbers in groups of digits and dates not in ISO 8601 among it.</summary>
/// <param name="Dataset">As inferred without them.</param>
/// <param name="Schema">With them.</param>
/// <param name="Profile">With them.</param>
sealed record Reading(Dataset Dataset, TableSchema Schema, PartProfile Profile, CellForms Forms)
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
        var forms = CellForms.Of(await beginning(dataset), input.Format);
        while (forms.Count > 0)
        {
            var (typed, withTypes) = await read(forms.Declared(input, schema));
            if (typed.QuarantinedRows <= dataset.QuarantinedRows)
                return new Reading(dataset, typed.Table.Schema, withTypes, forms);
            var unfit = typed.Sources.SelectMany(source => source.Samples)
                .Select(row => row.Column).OfType<string>().ToList();
            forms = forms.Without(unfit.Exists(forms.ByName.ContainsKey) ? unfit : forms.ByName.Keys);
        }
        return new Reading(dataset, schema, profile, forms);
    }
}
