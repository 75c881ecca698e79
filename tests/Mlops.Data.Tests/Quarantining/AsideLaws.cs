using System.Globalization;
using System.Text;
using Mlops.Data.Ingestion;
using Mlops.Data.Quarantining;
using Mlops.Data.Tests.Ingestion.Delimited;
using Sylvan.Data.Csv;
using Workspace = Mlops.Data.Tests.Ingestion.Workspace;

namespace Mlops.Data.Tests.Quarantining;

/// <summary>What holds of every text, however damaged it is.</summary>
static class AsideLaws
{
    const string Unclosed = "is not closed";
    const string KeptNoText = "bytes that are no text were kept";

    sealed record CutRow(string Reason, int Offset, int Length)
    {
        public bool IsNoText => Reason.Contains("' at character ");
    }

    /// <returns>How many rows were set aside; null where the file was refused.</returns>
    public static async Task<long?> Hold(DamagedText text)
    {
        using var workspace = With(text, text.Packed());
        var input = Input(workspace, text);
        if (await Ingested(workspace, input, text.PieceBytes) is not { } dataset)
            return null;
        var kept = await Kept(workspace, dataset);
        var result = await QuarantineOf(workspace, dataset, input);
        result.Unparsed.ShouldBe(dataset.QuarantinedRows);
        if (text.Secret is not null)
            NothingShows(workspace, dataset, result, text.Secret);
        else if (result.Csv is null)
            (text.IsShifted || CodePages.AreText(text.Encoding, text.Bytes)).ShouldBeTrue(KeptNoText);
        else
            await PartsMakeTheFile(text, dataset, kept, result, workspace);
        if (text.PieceBytes == CutSource.MaxBytes)
            return dataset.QuarantinedRows;
        using var again = With(text, text.Packed());
        var whole = (await Ingested(again, input, CutSource.MaxBytes)).ShouldNotBeNull();
        (await Kept(again, whole)).ShouldBe(kept, "read in pieces");
        whole.Sources[0].Samples.ShouldBe(dataset.Sources[0].Samples, "read in pieces");
        return dataset.QuarantinedRows;
    }

    /// <summary>File = preamble + kept + set aside, and each part read alone is what it was.</summary>
    static async Task PartsMakeTheFile(
        DamagedText text, Dataset dataset, string kept, QuarantineResult result, Workspace workspace)
    {
        var aside = Cut(workspace, result);
        aside.Count.ShouldBe(checked((int)(result.Unparsed + result.Failed)));
        var (rest, cut) = (new List<byte>(), new List<byte>());
        var at = 0;
        foreach (var row in aside)
        {
            row.Offset.ShouldBeGreaterThanOrEqualTo(at);
            rest.AddRange(text.Bytes[at..row.Offset]);
            cut.AddRange(text.Bytes[row.Offset..(row.Offset + row.Length)]);
            at = row.Offset + row.Length;
            if (!text.IsShifted)
                CodePages.AreText(text.Encoding, text.Bytes[row.Offset..at])
                    .ShouldBe(!row.IsNoText, row.ToString());
        }
        rest.AddRange(text.Bytes[at..]);
        var file = File.ReadAllBytes(workspace.Context.Locate(result.Files!.ShouldHaveSingleItem().File));
        var preamble = file[..^cut.Count];
        text.Bytes[..preamble.Length].ShouldBe(preamble);
        aside[0].Offset.ShouldBeGreaterThanOrEqualTo(preamble.Length);
        file[preamble.Length..].ShouldBe(cut);
        if (text.IsShifted)
            return;
        CodePages.AreText(text.Encoding, [.. rest]).ShouldBeTrue(KeptNoText);
        await TheRestIsKept(text, [.. rest], kept, result.Failed);
        // What closes a quote depends on what follows, so what one opens is not the same without the rest.
        if (!aside.Exists(row => row.Reason.Contains(Unclosed)
            || row.IsNoText && text.Bytes.AsSpan(row.Offset, row.Length).Contains((byte)'"')))
            await TheAsideIsSetAside(text, file, aside, result);
    }

    static async Task TheRestIsKept(DamagedText text, byte[] rest, string kept, long failed)
    {
        using var workspace = With(text, rest);
        var input = Input(workspace, text);
        if (await Ingested(workspace, input) is not { } dataset)
        {
            kept.Split('\n').Length.ShouldBe(checked((int)failed) + 1);
            return;
        }
        dataset.QuarantinedRows.ShouldBe(0);
        var rows = kept.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var left = rows.Where(row => !IsNegative(row.Split('|')[1]));
        (await Kept(workspace, dataset)).ShouldBe(string.Concat(left.Select(row => row + "\n")), "the rest");
    }

    static async Task TheAsideIsSetAside(
        DamagedText text, byte[] file, List<CutRow> aside, QuarantineResult result)
    {
        using var workspace = With(text, file);
        var dataset = (await Ingested(workspace, Input(workspace, text))).ShouldNotBeNull();
        (dataset.Table.RowCount, dataset.QuarantinedRows).ShouldBe((result.Failed, result.Unparsed));
        var again = Cut(workspace, await QuarantineOf(workspace, dataset, Input(workspace, text)));
        again.Select(row => (row.Reason, row.Length))
            .ShouldBe(aside.Select(row => (row.Reason, row.Length)));
    }

    static void NothingShows(Workspace workspace, Dataset dataset, QuarantineResult result, string secret)
    {
        result.Files.ShouldBeNull();
        (result.Csv is null ? "" : workspace.Text(result.Csv)).ShouldNotContain(secret);
        string.Join('\n', dataset.Judgement.Findings).ShouldNotContain(secret);
        string.Join('\n', dataset.Sources[0].Samples).ShouldNotContain(secret);
    }

    static Workspace With(DamagedText text, byte[] bytes) => new Workspace().With("in/a.csv", bytes);

    static IngestInput Input(Workspace workspace, DamagedText text) =>
        workspace.Input(text.Format, Aside.Columns, maxShare: 1) with
        {
            Redact = text.Secret is null ? null : ["note"],
        };

    /// <returns>Null where it was refused.</returns>
    static async Task<Dataset?> Ingested(
        Workspace workspace, IngestInput input, long pieceBytes = CutSource.MaxBytes)
    {
        try
        {
            return await workspace.Ingest(input, pieceBytes);
        }
        catch (Exception fault) when (fault is Engine.ProblemException or SourceFaultException)
        {
            fault.Message.ShouldNotBeNullOrEmpty();
            return null;
        }
    }

    /// <summary>A line for each row; line ends in cells as they are told here would make two.</summary>
    static async Task<string> Kept(Workspace workspace, Dataset dataset)
    {
        var table = await workspace.Load(dataset);
        var text = new StringBuilder();
        for (var row = 0; row < table.RowCount; row++)
            text.AppendJoin('|', Aside.Columns.Select((_, column) => Said(table[column].Text(row)))).Append('\n');
        return text.ToString();
    }

    static bool IsNegative(string said) => said != "none" && double.Parse(
        Encoding.Unicode.GetString(Convert.FromHexString(said)), CultureInfo.InvariantCulture) < 0;

    static string Said(string? cell) =>
        cell is null ? "none" : Convert.ToHexString(Encoding.Unicode.GetBytes(cell));

    static List<CutRow> Cut(Workspace workspace, QuarantineResult result)
    {
        using var csv = CsvDataReader.Create(new StringReader(workspace.Text(result.Csv!)));
        var rows = new List<CutRow>();
        while (csv.Read())
            rows.Add(new CutRow(
                csv.GetString(4), int.Parse(csv.GetString(6), CultureInfo.InvariantCulture),
                int.Parse(csv.GetString(7), CultureInfo.InvariantCulture)));
        return rows;
    }

    static async Task<QuarantineResult> QuarantineOf(
        Workspace workspace, Dataset dataset, IngestInput input) =>
        dataset.Table.RowCount > 0
            ? (await Aside.Of(
                workspace, dataset, Aside.Rules with { Redact = input.Redact }, input.Format)).Result
            : await workspace.Context.Call(QuarantineStage.Value, new QuarantineInput(
                dataset.Sources, input.Format, dataset.Table, null, null, null, [], null, input.Redact));
}
