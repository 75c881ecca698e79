using System.Numerics;
using System.Security.Cryptography;

namespace Mlops.Engine;

/// <summary>
/// The Merkle tree of RFC 6962 over a list of entries: leaves are made with the prefix 0, nodes with the
/// prefix 1, and a tree of n leaves is split at the largest power of two below n. Proofs are made here and
/// checked by <see cref="MerkleProof"/>, which needs no tree.
/// </summary>
public static class MerkleTree
{
    const byte LeafPrefix = 0, NodePrefix = 1;

    public static Digest Leaf(ReadOnlySpan<byte> entry)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData([LeafPrefix]);
        digest.AppendData(entry);
        return Digest.FromBytes(digest.GetHashAndReset());
    }

    public static Digest Node(Digest left, Digest right)
    {
        Span<byte> node = stackalloc byte[1 + 2 * Digest.SizeBytes];
        node[0] = NodePrefix;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + Digest.SizeBytes)..]);
        return Digest.Of(node);
    }

    /// <summary>The root over these leaves; over none the digest of no bytes.</summary>
    public static Digest Root(ReadOnlySpan<Digest> leaves) => leaves.Length switch
    {
        0 => Digest.Of([]),
        1 => leaves[0],
        var size => Node(Root(leaves[..SplitOf(size)]), Root(leaves[SplitOf(size)..])),
    };

    /// <summary>The audit path of one leaf, from the bottom up.</summary>
    /// <param name="index">From 0.</param>
    public static IReadOnlyList<Digest> Inclusion(ReadOnlySpan<Digest> leaves, int index)
    {
        if (leaves.Length <= 1)
            return [];
        var split = SplitOf(leaves.Length);
        return index < split
            ? [.. Inclusion(leaves[..split], index), Root(leaves[split..])]
            : [.. Inclusion(leaves[split..], index - split), Root(leaves[..split])];
    }

    /// <summary>Why the tree over the first leaves is the beginning of the tree over all of them.</summary>
    /// <param name="size">How many leaves the earlier tree had; 1 to as many as there are.</param>
    public static IReadOnlyList<Digest> Consistency(ReadOnlySpan<Digest> leaves, int size) =>
        Consistency(leaves, size, isWhole: true);

    /// <param name="isWhole">The earlier tree is one whose root whoever checks already has.</param>
    static IReadOnlyList<Digest> Consistency(ReadOnlySpan<Digest> leaves, int size, bool isWhole)
    {
        if (size == leaves.Length)
            return isWhole ? [] : [Root(leaves)];
        var split = SplitOf(leaves.Length);
        return size <= split
            ? [.. Consistency(leaves[..split], size, isWhole), Root(leaves[split..])]
            : [.. Consistency(leaves[split..], size - split, isWhole: false), Root(leaves[..split])];
    }

    static int SplitOf(int size) => 1 << BitOperations.Log2((uint)(size - 1));
}
