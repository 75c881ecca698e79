namespace Mlops.Engine;

/// <summary>The ledger of a workspace, for who reads it and for who stands behind something.</summary>
public static class LedgerAccess
{
    /// <summary>Every entry, and how many bytes of one come after them that a crash cut off.</summary>
    /// <exception cref="ProblemException">It could not be read; Damaged.</exception>
    public static (IReadOnlyList<LedgerLine> Lines, int CutOffBytes) ReadLedger(this Workspace workspace) =>
        workspace.Ledger.Read();

    /// <exception cref="ProblemException">The ledger could not be written to; Damaged.</exception>
    public static LedgerHead Record(this Workspace workspace, LedgerMatter.Approval approval) =>
        workspace.Ledger.Append(workspace.Clock.GetUtcNow(), approval);
}
