using System.Text;
using CsCheck;

namespace Mlops.Engine.Tests.Ledgers;

public sealed class MerkleTests
{
    const int LargestTree = 17;

    static readonly Gen<Digest> AnyDigest = Gen.Byte.Array[Digest.SizeBytes]
        .Select(bytes => Digest.FromBytes(bytes));

    [Fact]
    public void EveryLeafOfEverySmallTreeIsProvedToBeInIt()
    {
        foreach (var leaves in Trees())
            for (var index = 0; index < leaves.Length; index++)
                MerkleProof.Includes(
                    MerkleTree.Root(leaves), leaves.Length, index,
                    leaves[index], MerkleTree.Inclusion(leaves, index))
                    .ShouldBeTrue($"leaf {index} of {leaves.Length}");
    }

    [Fact]
    public void EverySmallTreeIsProvedToBeTheBeginningOfEveryLargerOne()
    {
        foreach (var leaves in Trees())
            for (var size = 1; size <= leaves.Length; size++)
                MerkleProof.IsConsistent(
                    size, MerkleTree.Root(leaves.AsSpan(0, size)), leaves.Length, MerkleTree.Root(leaves),
                    MerkleTree.Consistency(leaves, size)).ShouldBeTrue($"{size} of {leaves.Length}");
    }

    /// <remarks>Small trees, so that a wrong place often has a path of the right length.</remarks>
    [Fact]
    public void AnInclusionProofHoldsForNothingButWhatItProves()
    {
        foreach (var leaves in Trees())
            for (var index = 0; index < leaves.Length; index++)
            {
                var (root, path) = (MerkleTree.Root(leaves), MerkleTree.Inclusion(leaves, index));
                for (var other = -1; other <= LargestTree + 1; other++)
                {
                    if (other != index)
                        MerkleProof.Includes(root, leaves.Length, other, leaves[index], path).ShouldBeFalse();
                    if (other >= 0 && other < leaves.Length && other != index)
                        MerkleProof.Includes(root, leaves.Length, index, leaves[other], path).ShouldBeFalse();
                }
                foreach (var wrong in Spoilt(path))
                    MerkleProof.Includes(root, leaves.Length, index, leaves[index], wrong).ShouldBeFalse();
                MerkleProof.Includes(Flipped(root, index), leaves.Length, index, leaves[index], path)
                    .ShouldBeFalse();
            }
    }

    [Fact]
    public void AConsistencyProofHoldsForNothingButWhatItProves()
    {
        foreach (var leaves in Trees())
            for (var size = 1; size <= leaves.Length; size++)
            {
                var (root, later) = (MerkleTree.Root(leaves.AsSpan(0, size)), MerkleTree.Root(leaves));
                var proof = MerkleTree.Consistency(leaves, size);
                for (var other = -1; other <= LargestTree + 1; other++)
                {
                    if (other != size)
                        MerkleProof.IsConsistent(other, root, leaves.Length, later, proof).ShouldBeFalse();
                }
                foreach (var wrong in Spoilt(proof))
                    MerkleProof.IsConsistent(size, root, leaves.Length, later, wrong).ShouldBeFalse();
                MerkleProof.IsConsistent(size, Flipped(root, size), leaves.Length, later, proof)
                    .ShouldBeFalse();
                MerkleProof.IsConsistent(size, root, leaves.Length, Flipped(later, size), proof)
                    .ShouldBeFalse();
            }
    }

    /// <remarks>
    /// The size of a tree is not in its root: an edge leaf can have the same path in trees of several sizes.
    /// The root and the size are kept together.
    /// </remarks>
    [Fact]
    public void ALargerTreeThanTheRootsIsRefusedUnlessItHasTheSamePath()
    {
        var leaves = Trees().ElementAt(8);
        for (var index = 0; index < leaves.Length; index++)
            MerkleProof.Includes(
                MerkleTree.Root(leaves), leaves.Length * 2, index,
                leaves[index], MerkleTree.Inclusion(leaves, index))
                .ShouldBeFalse();
    }

    [Fact]
    public void AnythingElseThatIsOfferedAsAProofIsRefusedAndNeverThrows() =>
        Gen.Select(Gen.Long[-2, 40], Gen.Long[-2, 40], AnyDigest, AnyDigest, AnyDigest.Array[0, 8]).Sample(
            (size, other, root, leaf, proof) =>
            {
                MerkleProof.Includes(root, size, other, leaf, proof).ShouldBeFalse();
                MerkleProof.IsConsistent(size, root, other, leaf, proof).ShouldBeFalse();
            },
            iter: 2_000);

    [Fact]
    public void PeaksGiveTheRootOfTheWholeTreeWithoutIt()
    {
        foreach (var leaves in Trees())
        {
            IReadOnlyList<Digest> peaks = [];
            foreach (var (index, leaf) in leaves.Index())
                peaks = MerklePeaks.Append(peaks, index, leaf);
            peaks.Count.ShouldBe(MerklePeaks.CountOf(leaves.Length));
            MerklePeaks.Root(peaks).ShouldBe(MerkleTree.Root(leaves));
        }
    }

    static IEnumerable<Digest[]> Trees() => Enumerable.Range(0, LargestTree + 1).Select(size =>
        Enumerable.Range(0, size)
            .Select(number => MerkleTree.Leaf(Encoding.UTF8.GetBytes($"entry {number}"))).ToArray());

    /// <summary>Shorter, longer, swapped, and with one bit of one digest flipped.</summary>
    static IEnumerable<IReadOnlyList<Digest>> Spoilt(IReadOnlyList<Digest> proof)
    {
        yield return [.. proof, Digest.Of([])];
        yield return [Digest.Of([]), .. proof];
        if (proof.Count > 0)
        {
            yield return [.. proof.Skip(1)];
            yield return [.. proof.SkipLast(1)];
            yield return [.. proof, proof[^1]];
        }
        if (proof.Count > 1)
            yield return [proof[1], proof[0], .. proof.Skip(2)];
        for (var i = 0; i < proof.Count; i++)
            yield return [.. proof.Take(i), Flipped(proof[i], i), .. proof.Skip(i + 1)];
    }

    static Digest Flipped(Digest digest, int bit)
    {
        var bytes = new byte[Digest.SizeBytes];
        digest.CopyTo(bytes);
        bytes[bit % bytes.Length] ^= (byte)(1 << (bit % 8));
        return Digest.FromBytes(bytes);
    }
}
