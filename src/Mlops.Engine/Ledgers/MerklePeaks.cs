using System.Numerics;

namespace Mlops.Engine;

/// <summary>
/// The roots of the perfect trees that a tree consists of, largest first: all that has to be known of a tree
/// to append to it. Tree of 6 leaves: the root over the first four and that over the last two.
/// </summary>
static class MerklePeaks
{
    /// <summary>How many peaks a tree of that size has.</summary>
    public static int CountOf(long size) => BitOperations.PopCount((ulong)size);

    /// <param name="size">Of the tree with these peaks.</param>
    public static IReadOnlyList<Digest> Append(IReadOnlyList<Digest> peaks, long size, Digest leaf)
    {
        var next = new List<Digest>(peaks);
        for (var rest = size; (rest & 1) == 1; rest >>= 1)
        {
            leaf = MerkleTree.Node(next[^1], leaf);
            next.RemoveAt(next.Count - 1);
        }
        next.Add(leaf);
        return next;
    }

    public static Digest Root(IReadOnlyList<Digest> peaks)
    {
        if (peaks.Count == 0)
            return MerkleTree.Root([]);
        var root = peaks[^1];
        for (var i = peaks.Count - 2; i >= 0; i--)
            root = MerkleTree.Node(peaks[i], root);
        return root;
    }
}
