using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>Raw files and a statement over them → what one raw file becomes.</summary>
static class QueryStage
{
    public static Stage<QueryInput, QueryOutput> Create(DerivedColumns hooks) => new(
        "Ingest.Query", 5,
        $"{PackageVersions.DuckDBNETDataFull}, {PartToolchain.Words}, "
        + $"{PackageVersions.MicrosoftDataAnalysis}",
        () => SourceJson.Default.QueryInput, () => SourceJson.Default.QueryOutput,
        async (context, input) =>
        {
            try
            {
                return await Run(context, input, hooks);
            }
            catch (SourceFaultException fault)
            {
                var columns = input.Columns ?? [];
                return new QueryOutput(columns, TypedSource.Failed(columns, [], [fault.Problem]));
            }
        });

    static async Task<QueryOutput> Run(StageContext context, QueryInput input, DerivedColumns hooks)
    {
        await using var rows = await DuckRows.Open(context, input.Sources, input.Sql);
        var columns = input.Columns ?? rows.Types;
        var bytes = new SourceBytes(default, 0);
        return new QueryOutput(columns, await TypedSource.Parse(
            context, rows, new ParseInput([bytes], input.Format, columns, input.Derive), bytes, hooks));
    }
}
