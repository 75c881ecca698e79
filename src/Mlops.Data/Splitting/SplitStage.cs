using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Splitting;

/// <summary>Divides a dataset's rows into a training split and a holdout.</summary>
public static class SplitStage
{
    const double DefaultShare = 0.2;

    public static Stage<SplitInput, Split> Value { get; } = new(
        "Split", 1, PackageVersions.ParquetNet, DataJson.Default.SplitInput, DataJson.Default.Split, Run);

    static async Task<Split> Run(StageContext context, SplitInput input)
    {
        var specification = input.Specification;
        SplitProblems.ThrowIfAny(input);
        string[] columns = [.. new[] { input.Label, specification.Column }.OfType<string>().Distinct(StringComparer.Ordinal)];
        var table = await TableReading.Load(context, input.Table, columns);
        var label = table[input.Label];
        int[] labelled = [.. Enumerable.Range(0, table.RowCount).Where(row => !label.IsMissing(row))];
        var held = Divide(table, labelled, input.Label, specification);
        var roles = Roles(table.RowCount, labelled, held.Rows);
        var assignment = await context.Write(MediaTypes.Bytes, stream => stream.WriteAsync(roles, context.Cancellation).AsTask());
        return new Split(
            assignment, labelled.Length - held.Rows.Count, held.Rows.Count, table.RowCount - labelled.Length, held.Boundary,
            Judge(input.Label, label, labelled, held.Rows));
    }

    static HeldOut Divide(Table table, int[] labelled, string label, SplitSpecification specification)
    {
        var share = specification.HoldoutShare ?? DefaultShare;
        return specification.Method switch
        {
            SplitMethod.Random => RowDivision.Random(labelled, share, specification.Seed),
            SplitMethod.Stratified => RowDivision.Stratified(labelled, table[specification.Column ?? label], share, specification.Seed),
            SplitMethod.Group => RowDivision.Group(labelled, table[specification.Column!], share, specification.Seed),
            SplitMethod.Time when specification.At is { } at =>
                RowDivision.From(labelled, table[specification.Column!], TimeBound.Parse(table[specification.Column!].Type, at)!.Value, at),
            SplitMethod.Time => RowDivision.Newest(labelled, table[specification.Column!], share),
            _ => RowDivision.Interleaved(labelled, share),
        };
    }

    static byte[] Roles(int rows, int[] labelled, IReadOnlyCollection<int> held)
    {
        var roles = new byte[rows];
        Array.Fill(roles, (byte)RowRole.Excluded);
        foreach (var row in labelled)
            roles[row] = (byte)RowRole.Train;
        foreach (var row in held)
            roles[row] = (byte)RowRole.Holdout;
        return roles;
    }

    static Judgement Judge(string name, ColumnValues label, int[] labelled, IReadOnlyCollection<int> held)
    {
        var excluded = label.Count - labelled.Length;
        var training = labelled.Except(held).ToList();
        var findings = new List<string>();
        if (training.Count == 0)
            findings.Add("No row is left for training.");
        if (held.Count == 0)
            findings.Add("No row is held out.");
        if (training.Count > 0 && training.All(row => label.Text(row) == label.Text(training[0])))
            findings.Add($"The label '{name}' is constant in the training split: always '{label.Text(training[0])}'.");
        var accepted = findings.Count == 0;
        if (excluded > 0)
            findings.Add(FormattableString.Invariant($"{excluded:N0} rows without a label '{name}' are left out."));
        return new Judgement(accepted, findings);
    }
}
