using Mlops.Engine;
using Mlops.Pipelines.Sessions;

/// <summary>Who stands behind what was released.</summary>
sealed partial class Build
{
    [Parameter("With Approve: a package as file, or the present one of a pipeline or cell, as demand/north",
        Name = "package")]
    readonly string? PackageToApprove;

    [Parameter("With Approve: who approves")]
    readonly string? By;

    [Parameter("With Approve: why, or under which conditions", Name = "note")]
    readonly string? Remark;

    Target Approve => _ => _
        .Description(
            "Record in the ledger that --by approves exactly the bytes of --package: a name, not a signature")
        .Requires(() => PackageToApprove)
        .Requires(() => By)
        .Executes(ApprovePackage);

    void ApprovePackage()
    {
        try
        {
            var workspace = OpenWorkspace();
            var released = new ReleasedPackages(workspace.ReadLedger().Lines);
            var package = File.Exists(PackageToApprove)
                ? released.OfFile(PackageToApprove)
                : ReleasedPackages.Named(PackageToApprove!, PresentPackages());
            var head = workspace.Record(new LedgerMatter.Approval(
                package.Step, package.Digest, package.FileName, package.Version, By!, Remark));
            Console.WriteLine($"  approved   {package.FileName}, SHA-256 {package.Digest}");
            Console.WriteLine("  This records a name that was typed; it is not a signature.");
            Console.WriteLine(HeadText(head));
        }
        catch (ProblemException problem)
        {
            throw PersonsMistake(Refused(problem));
        }
    }

    IReadOnlyList<PresentPackage> PresentPackages()
    {
        var opened = OpenSession();
        opened.Request([graph => graph.Package]);
        return opened.Packages();
    }
}
