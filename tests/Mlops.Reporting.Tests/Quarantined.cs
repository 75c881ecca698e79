using Microsoft.Data.Analysis;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Engine;

namespace Mlops.Reporting.Tests;

/// <summary>
/// A dataset of which rows were set aside, by the real stages: some did not parse, checks took out others,
/// and what is in the cells means harm.
/// </summary>
static class Quarantined
{
    const string Hostile = "<script>document.title='PWNED'</script>";

    const string Text = "id,price,note\n"
        + "1,10,plain\n"
        + "x" + Hostile + ",11,\"two\nlines\"\n"
        + "3,-4," + Hostile + "\n"
        + "4,12\n"
        + "5,-6,\"=cmd|'/c calc'!A1 \u202Egpj\"\n"
        + "6,13,{{ 7 * 7 }}\n";

    const string Lines = "{\"id\":7,\"price\":-1,\"note\":\"</td><b>\"}\n{\"id\":8,\"price\":\"free\"}\n";

    static readonly ColumnDeclaration[] Columns =
        [new("id", ColumnType.Integer), new("price", ColumnType.Real), new("note", ColumnType.Text)];

    public static Task<AuditInput> Audit(Workbench bench, IReadOnlyList<string>? redact = null) => Of(
        bench, [bench.Raw("raw/<b>prices</b>.csv", Text), bench.Raw("raw/more.jsonl", Lines)],
        [new ColumnRule("price", Min: 0, FailAbove: 1), new ColumnRule("note", Forbidden: [Hostile])],
        redact);

    /// <summary>Two rows that all parse and pass.</summary>
    public static Task<AuditInput> OfNotes(Workbench bench, string first, string second) =>
        Of(bench, [bench.Raw("raw/notes.csv", $"id,price,note\n1,2,{first}\n3,4,{second}\n")], [], null);

    static async Task<AuditInput> Of(
        Workbench bench, IReadOnlyList<SourceFile> files, IReadOnlyList<ColumnRule> rules,
        IReadOnlyList<string>? redact)
    {
        var dataset = await bench.Context.Call(
            IngestStage.Create(new Dictionary<string, Func<DataFrame, DataFrame>>()),
            new IngestInput(
                files, new TextFormat(), Columns, null, QuarantineMaxShare: 1,
                OnSchemaChange: SchemaChange.Adapt, Redact: redact));
        var validation = await bench.Context.Call(ValidateStage.Value, new ValidateInput(dataset.Table, null,
            new ValidationRules([], null, null, null, rules, Redact: redact)));
        return new AuditInput(
            bench.Templates,
            new PipelineCard("prices", null, null, null, null, null, null, null, null),
            [], dataset, null, validation, null, null, null, null, [],
            Rows: new RowSources(new TextFormat(), null, null, redact));
    }
}
