namespace Mlops.Engine;

/// <summary>
/// Proofs about a ledger, each made from its entries and then checked as somebody would who
/// has only the proof.
/// </summary>
public sealed class LedgerProofs(IReadOnlyList<LedgerLine> lines)
{
    readonly Digest[] leaves = [.. lines.Select(line => line.Leaf)];

    /// <summary>Over all entries as they stand in the file.</summary>
    public LedgerHead Head => new(leaves.Length, MerkleTree.Root(leaves));

    /// <summary>That the entry is in the ledger with this head.</summary>
    /// <param name="number">From 1 to the size.</param>
    public InclusionProof Inclusion(int number)
    {
        var (leaf, path) = (leaves[number - 1], MerkleTree.Inclusion(leaves, number - 1));
        return new InclusionProof(
            Head, number, leaf, MerkleProof.Climb(leaves.Length, number - 1, leaf, path),
            MerkleProof.Includes(Head.Root, Head.Size, number - 1, leaf, path));
    }

    /// <summary>
    /// That an earlier state is the beginning of this one: nothing was changed, taken out
    /// or taken back since.
    /// </summary>
    /// <returns>Null if so; otherwise what it is.</returns>
    public Problem? Contradiction(LedgerHead earlier, string path)
    {
        if (earlier.Size > Head.Size)
            return new Problem(
                "ENGINE-024", "Entries at the end of the ledger are gone.", new Place(path),
                Expected: $"at least {Counted.Plain(earlier.Size, "entry", "entries")}",
                Actual: $"{Head.Size}", Next: "Put the ledger back from a copy.");
        var size = (int)earlier.Size;
        return MerkleProof.IsConsistent(
            earlier.Size, earlier.Root, Head.Size, Head.Root, MerkleTree.Consistency(leaves, size))
            ? null
            : new Problem(
                "ENGINE-024",
                "The first "
                    + Counted.Word(size, "entry of the ledger is not that",
                        $"{size} entries of the ledger are not those")
                    + " of the head that was kept.",
                new Place(path),
                Expected: $"root {earlier.Root}", Actual: $"root {MerkleTree.Root(leaves.AsSpan(0, size))}",
                Next: "Put the ledger back from a copy, or see whether the head is of another ledger.");
    }
}

/// <param name="Pairs">What is put together on the way up, each pair giving one half of the next;
/// the last gives the root.</param>
/// <param name="Holds">Whether the pairs lead to the head's root.</param>
public sealed record InclusionProof(
    LedgerHead Head, int Number, Digest Leaf, IReadOnlyList<(Digest Left, Digest Right)> Pairs, bool Holds);
