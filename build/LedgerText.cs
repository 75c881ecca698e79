using System.Globalization;
using Mlops.Engine;

/// <summary>The ledger as a person reads it.</summary>
static class LedgerText
{
    /// <param name="place">Which line of the file, from 1.</param>
    public static string Of(LedgerLine line, int place) => VisibleText.Of(line.Entry is { } entry
        ? string.Create(CultureInfo.InvariantCulture, $"  {entry.Number,4}  {entry.At:u}  {Of(entry.What)}")
        : string.Create(
            CultureInfo.InvariantCulture, $"  line {place} is damaged; ./build.sh Verify says more"));

    static string Of(LedgerMatter what) => what switch
    {
        LedgerMatter.Run run => $"run       {Steps(run)}: {run.Command}",
        LedgerMatter.Release release => $"release   {release.FileName} {release.Package} by {release.Step}",
        LedgerMatter.Approval approval =>
            $"approval  {approval.FileName} {approval.Package} by "
            + $"{approval.By}{(approval.Note is null ? "" : $": {approval.Note}")}",
        _ => what.GetType().Name,
    };

    static string Steps(LedgerMatter.Run run) => string.Create(
        CultureInfo.InvariantCulture,
        $"{run.Total.Executed} executed in {run.Total.RunSeconds:0.0} s, {run.Total.Reused} reused, "
        + $"{run.Total.Rejected} rejected");

    /// <summary>The audit path, and the commands that follow it from the entry to the root.</summary>
    public static void Write(InclusionProof proof, string path, TextWriter output)
    {
        output.WriteLine(
            $"  entry      {proof.Number} is in the ledger of {proof.Head.Size} "
            + $"{Counted.Word(proof.Head.Size, "entry", "entries")}. By hand, from its line up to the root:");
        output.WriteLine($"    (printf '\\000'; sed -n {proof.Number}p '{path}' | tr -d '\\n') | sha256sum");
        output.WriteLine($"      # {proof.Leaf}");
        foreach (var (left, right) in proof.Pairs)
        {
            output.WriteLine(
                $"    printf '01%s%s' {left} {right} | tr a-f A-F | basenc -d --base16 | sha256sum");
            output.WriteLine($"      # {MerkleTree.Node(left, right)}");
        }
        output.WriteLine(
            "    The last digest is the root of the head. In each pair one half is the digest before, "
            + "the other is from the path.");
    }
}
