using System.Globalization;
using Mlops.Engine;

/// <summary>What a person can ask of the store and of the ledger.</summary>
sealed partial class Build
{
    [Parameter("With Verify: prove that this entry is in the ledger, and print how to check it by hand")]
    readonly int? Entry;

    [Parameter(
        "With Verify: a head of the ledger that was kept elsewhere, as 12:9d68…; "
        + "proves that all since was only added")]
    readonly string? Since;

    string LedgerPath => Path.Combine(Path.GetFullPath(WorkspaceDirectory), "ledger.jsonl");

    Target Verify => _ => _
        .Description(
            "Read the whole store back against its digests, and prove the ledger whole; --entry, "
            + "--since for more proofs")
        .Executes(VerifyAll);

    Target Ledger => _ => _
        .Description(
            "List the runs, releases and approvals of the ledger, the latest last; "
            + "--format json tells each as its line")
        .Executes(() =>
        {
            foreach (var (index, line) in OpenWorkspace().ReadLedger().Lines.Index())
                Console.WriteLine(IsJson && line.Entry is { } entry
                    ? LedgerLine.Text(entry)
                    : LedgerText.Of(line, index + 1));
        });

    void VerifyAll()
    {
        var earlier = ReadSince();
        var workspace = OpenWorkspace();
        var (lines, cutOff) = workspace.ReadLedger();
        RequireEntry(lines.Count);
        var found = new StoreVerification(
            workspace, Math.Max(1, Parallel), Stop).Verify(WaitingLog.OfCollection(Console.Out));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  store      {Counted.Plain(found.Artifacts, "artifact", "artifacts")} "
            + $"({found.ArtifactBytes / 1e6:0.0} MB), {Counted.Plain(found.Traces, "trace", "traces")}, "
            + $"{Counted.Plain(found.Steps, "step", "steps")}; {found.Problems.Count} damaged or missing"));
        if (cutOff > 0)
            Console.WriteLine(
                $"  cut off    {Counted.Plain(cutOff, "byte", "bytes")} at the end of the ledger that "
                + "a crash left; the next entry sets them aside");
        Problem[] problems = [.. found.Problems, .. VerifyLedger(lines, earlier)];
        if (problems.Length > 0)
            throw PersonsMistake(Refused(new ProblemException(problems, damaged: true)));
    }

    List<Problem> VerifyLedger(IReadOnlyList<LedgerLine> lines, LedgerHead? earlier)
    {
        var proofs = new LedgerProofs(lines);
        var problems = LedgerChecks.Of(lines)
            .Select(problem => problem with { Where = new Place(LedgerPath) }).ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  ledger     {Counted.Plain(lines.Count, "entry", "entries")}; "
            + $"{problems.Count} damaged or missing; head {proofs.Head}"));
        if (earlier is not null && proofs.Contradiction(earlier, LedgerPath) is { } contradiction)
            problems.Add(contradiction);
        else if (earlier is not null)
            Console.WriteLine(
                $"  since      {Counted.Plain(earlier.Size, "entry is", "entries are")} the beginning of "
                + $"these {proofs.Head.Size}: nothing was changed or taken back");
        if (Entry is { } number)
            LedgerText.Write(proofs.Inclusion(number), LedgerPath, Console.Out);
        return problems;
    }

    LedgerHead? ReadSince() =>
        Since is null ? null
        : LedgerHead.TryParse(Since, out var head) ? head
        : throw PersonsMistake(Refused(new ProblemException(new Problem(
                "BUILD-020", "That is no head of a ledger.",
                Expected: "its size and its root, as 12:9d68… with all 64 digits",
                Actual: Since, Next: "Copy it from the end of a run."))));

    void RequireEntry(int entries)
    {
        if (Entry is { } number && (number < 1 || number > entries))
            throw PersonsMistake(Refused(new ProblemException(new Problem(
                "BUILD-021", $"The ledger has no entry {number}.", Expected: $"1 to {entries}",
                Actual: $"{number}", Next: "./build.sh Ledger lists them."))));
    }

    /// <remarks>What is wrong with the workspace ends the run before anything is done.</remarks>
    Workspace OpenWorkspace()
    {
        try
        {
            return Workspace.Open(Path.GetFullPath(WorkspaceDirectory), TimeProvider.System);
        }
        catch (ProblemException problem)
        {
            throw PersonsMistake(Refused(problem));
        }
    }
}
