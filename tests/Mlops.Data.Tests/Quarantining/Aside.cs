using Mlops.Data.Ingestion;
using Mlops.Data.Quarantining;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Workspace = Mlops.Data.Tests.Ingestion.Workspace;

namespace Mlops.Data.Tests.Quarantining;

/// <summary>Sources of three columns, of which a check takes rows out.</summary>
static class Aside
{
    public static readonly ColumnDeclaration[] Columns =
        [new("id", ColumnType.Integer), new("x", ColumnType.Real), new("note", ColumnType.Text)];

    public static readonly ValidationRules Rules =
        new([], null, null, null, [new ColumnRule("x", Min: 0, FailAbove: 1)]);

    /// <summary>What is set aside of a dataset that was ingested.</summary>
    public static async Task<(DataValidation Validation, QuarantineResult Result)> Of(
        Workspace workspace, Dataset dataset, ValidationRules rules, TextFormat? format = null)
    {
        var validation =
            await workspace.Context.Call(ValidateStage.Value, new ValidateInput(dataset.Table, null, rules));
        return (validation, await workspace.Context.Call(QuarantineStage.Value, new QuarantineInput(
            dataset.Sources, format ?? new TextFormat(), dataset.Table, null, null, null,
            validation.TakenOut ?? [], validation.Details, rules.Redact)));
    }
}
