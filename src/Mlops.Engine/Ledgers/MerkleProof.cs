using System.Numerics;

namespace Mlops.Engine;

/// <summary>Checks proofs of RFC 6962 trees, given nothing but sizes, roots and the proof.</summary>
public static class MerkleProof
{
    /// <summary>Whether the tree of that size and root has this leaf at that place.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="path">From the bottom up.</param>
    public static bool Includes(Digest root, long size, long index, Digest leaf, IReadOnlyList<Digest> path)
    {
        if (index < 0 || index >= size || path.Count != LengthOf(size, index))
            return false;
        return Climb(size, index, leaf, path) is [.., var (left, right)]
            ? MerkleTree.Node(left, right) == root
            : leaf == root;
    }

    /// <summary>
    /// The pairs that are put together on the way from a leaf to the root; each gives one half of the next.
    /// </summary>
    /// <param name="path">Of the length that belongs to the size and the index.</param>
    public static IReadOnlyList<(Digest Left, Digest Right)> Climb(
        long size, long index, Digest leaf, IReadOnlyList<Digest> path)
    {
        var pairs = new List<(Digest Left, Digest Right)>();
        var (node, last) = (index, size - 1);
        foreach (var sibling in path)
        {
            // At the right edge, levels at which a node has no sibling are passed over.
            while (IsLeft(node) && node == last && last > 0)
                (node, last) = (node >> 1, last >> 1);
            pairs.Add(IsLeft(node) ? (leaf, sibling) : (sibling, leaf));
            leaf = MerkleTree.Node(pairs[^1].Left, pairs[^1].Right);
            (node, last) = (node >> 1, last >> 1);
        }
        return pairs;
    }

    /// <summary>
    /// Whether the earlier tree is the beginning of the later one. An empty tree proves nothing.
    /// </summary>
    public static bool IsConsistent(
        long size, Digest root, long laterSize, Digest laterRoot, IReadOnlyList<Digest> proof)
    {
        if (size < 1 || size > laterSize)
            return false;
        if (size == laterSize)
            return proof.Count == 0 && root == laterRoot;
        // A perfect earlier tree is a node of the later one: its root stands for the first
        // digest of the proof.
        IReadOnlyList<Digest> path = BitOperations.IsPow2(size) ? [root, .. proof] : proof;
        return path.Count > 0 && (root, laterRoot) == Rebuild(size, laterSize, path);
    }

    /// <returns>Both roots as the proof gives them; null where it is too long or too short.</returns>
    static (Digest Earlier, Digest Later)? Rebuild(long size, long laterSize, IReadOnlyList<Digest> path)
    {
        var (node, last) = (size - 1, laterSize - 1);
        while (!IsLeft(node))
            (node, last) = (node >> 1, last >> 1);
        var (earlier, later) = (path[0], path[0]);
        foreach (var sibling in path.Skip(1))
        {
            if (last == 0)
                return null;
            while (IsLeft(node) && node == last)
                (node, last) = (node >> 1, last >> 1);
            if (IsLeft(node))
                later = MerkleTree.Node(later, sibling);
            else
                (earlier, later) = (MerkleTree.Node(sibling, earlier), MerkleTree.Node(sibling, later));
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 ? (earlier, later) : null;
    }

    /// <summary>How many digests the audit path of a leaf has.</summary>
    static int LengthOf(long size, long index)
    {
        var length = 0;
        for (var (node, last) = (index, size - 1); last > 0; (node, last) = (node >> 1, last >> 1))
            if (!IsLeft(node) || node != last)
                length++;
        return length;
    }

    static bool IsLeft(long node) => (node & 1) == 0;
}
