using Mlops.Engine;
using Mlops.Learning;

namespace Mlops.Pipelines.Sessions;

/// <summary>A package that somebody can stand behind: these bytes and no others.</summary>
/// <param name="Step">The step that made it.</param>
public sealed record KnownPackage(string Step, Digest Digest, string FileName, string Version);

/// <summary>What the pipelines as they are now give as a package.</summary>
/// <param name="Package">Null where it is not there: not built yet, out of date, or rejected.</param>
/// <param name="Verdict">Why it is not there, in a few words.</param>
public sealed record PresentPackage(StepName Step, KnownPackage? Package, string Verdict)
{
    internal static PresentPackage Of(PlannedStep step, IReadOnlyDictionary<StepName, Trace?> traces)
    {
        if (step.Verdict is Verdict.UpToDate { Rejected: false } && traces[step.Name] is { } trace)
        {
            var package = trace.Record.Deserialize(LearningJson.Default.ModelPackage)!;
            var known = new KnownPackage(
                step.Name.ToString(), package.Archive.Digest, package.FileName, package.Version);
            return new PresentPackage(step.Name, known, "up to date");
        }
        return new PresentPackage(
            step.Name, null, step.Verdict is Verdict.UpToDate ? "rejected" : "not built, or out of date");
    }
}

/// <summary>The releases of the ledger, by the bytes that were released.</summary>
public sealed class ReleasedPackages(IReadOnlyList<LedgerLine> ledger)
{
    readonly LedgerMatter.Release[] releases = [.. ledger.Select(line => line.Entry?.What)
        .OfType<LedgerMatter.Release>()];

    /// <exception cref="ProblemException">Nobody released these bytes (BUILD-022, BUILD-023).</exception>
    public KnownPackage OfFile(string path)
    {
        using var file = File.OpenRead(path);
        var digest = Digest.FromBytes(System.Security.Cryptography.SHA256.HashData(file));
        if (releases.LastOrDefault(release => release.Package == digest) is { } released)
            return new KnownPackage(released.Step, digest, released.FileName, released.Version);
        throw new ProblemException(
            releases.LastOrDefault(release => release.FileName == Path.GetFileName(path)) is { } other
                ? new Problem(
                    "BUILD-022", "This file is not the package that was released under its name.",
                    new Place(path), Expected: $"SHA-256 {other.Package}", Actual: $"SHA-256 {digest}",
                    Next: "Take the package from the output folder, or build it again.")
                : new Problem(
                    "BUILD-023", "The ledger has no release of this file.", new Place(path),
                    Actual: $"SHA-256 {digest}",
                    Next: "Build the package in this workspace first: ./build.sh Package"));
    }

    /// <param name="name">As <c>churn</c> or <c>demand/north</c>.</param>
    /// <exception cref="ProblemException">There is none, several, or it is not there now (BUILD-024,
    /// BUILD-025).</exception>
    public static KnownPackage Named(string name, IReadOnlyList<PresentPackage> present)
    {
        var named = present
            .Where(package => name == NameOf(package.Step) || name == package.Step.Pipeline).ToList();
        if (named is not [var only])
            throw new ProblemException(new Problem(
                "BUILD-024", named.Count == 0
                    ? $"There is no file and no package '{name}'."
                    : $"'{name}' has {named.Count} packages.",
                Expected: NearestNames.Suggest(name, present.Select(package => NameOf(package.Step))),
                Next: "Name a pipeline, one of its cells as demand/north, or a file."));
        return only.Package ?? throw new ProblemException(new Problem(
            "BUILD-025", $"{NameOf(only.Step)} has no package as its pipeline is now.", Actual: only.Verdict,
            Next: "Build it first: ./build.sh Package"));
    }

    static string NameOf(StepName step) => step.Cell is null ? step.Pipeline : $"{step.Pipeline}/{step.Cell}";
}
