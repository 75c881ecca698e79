using System.Globalization;
using Mlops.Engine.Tests.Ledgers;

namespace Mlops.Engine.Tests.Verifying;

/// <summary>What becomes of a ledger that somebody edits.</summary>
public sealed class LedgerVerificationTests : IDisposable
{
    const int Size = 11;

    readonly string folder = Directory.CreateTempSubdirectory("mlops-ledger-").FullName;
    readonly LedgerHead head = new(0, default);
    readonly string[] lines;

    public LedgerVerificationTests()
    {
        for (var number = 1; number <= Size; number++)
            head = Ledger.Append(DateTimeOffset.UnixEpoch, AppendingProcess.Matter(number));
        lines = File.ReadAllLines(LedgerPath);
    }

    string LedgerPath => Path.Combine(folder, "ledger.jsonl");

    Ledger Ledger => new(LedgerPath);

    /// <remarks>
    /// Every fourth byte and every line end; the last entry is vouched for by the head alone.
    /// </remarks>
    [Fact]
    public void AnyChangedByteIsPinnedToItsEntryOrTheOneBeside()
    {
        var whole = File.ReadAllBytes(LedgerPath);
        var places = Enumerable.Range(0, whole.Length)
            .Where(place => place % 4 == 0 || whole[place] == '\n').ToList();
        foreach (var place in places)
        {
            var number = 1 + whole.AsSpan(0, place).Count((byte)'\n');
            var changed = whole.ToArray();
            changed[place] ^= 1 << 1;
            File.WriteAllBytes(LedgerPath, changed);

            var read = Ledger.Read().Lines;
            var named = string.Join('\n', LedgerChecks.Of(read).Select(problem => problem.What));
            new LedgerProofs(read).Contradiction(head, LedgerPath).ShouldNotBeNull();
            if (number < Size && place < whole.Length - 1)
                named.ShouldMatch(FormattableString.Invariant($@"\b({number - 1}|{number}|{number + 1})\b"),
                    $"byte {place}");
        }
    }

    [Fact]
    public void AnEntryThatSaysSomethingElseIsNamedAndNoOther()
    {
        for (var number = 1; number < Size; number++)
        {
            var changed = lines.ToArray();
            changed[number - 1] = changed[number - 1].Replace("p.zip", "q.zip", StringComparison.Ordinal);
            Named(changed).ShouldHaveSingleItem().ShouldBe(
                FormattableString.Invariant($"Entry {number} of the ledger is not what was written: ")
                + FormattableString.Invariant($"entry {number + 1} has it otherwise."));
        }
    }

    [Fact]
    public void EntriesThatWereTakenOutSwappedOrPutInAreFound()
    {
        Named([.. lines[..3], .. lines[5..]]).ShouldBe(["Entries 4 to 5 are missing from the ledger."]);
        Named([.. lines[..3], .. lines[4..]]).ShouldBe(["Entry 4 is missing from the ledger."]);
        Named([.. lines[1..]]).ShouldBe(["Entry 1 is missing from the ledger."]);
        Named([.. lines[..3], lines[2], .. lines[3..]])[0]
            .ShouldBe("Entry 3 of the ledger stands where entry 4 belongs.");
        Named([.. lines[..3], lines[4], lines[3], .. lines[5..]]).ShouldNotBeEmpty();
    }

    /// <remarks>
    /// Nothing in the file can tell that its end is gone: the head does that was kept elsewhere.
    /// </remarks>
    [Fact]
    public void EntriesThatWereTakenOffTheEndAreFoundByAHeadThatWasKept()
    {
        Named(lines[..^2]).ShouldBeEmpty();
        Proofs(lines[..^2]).Contradiction(head, LedgerPath)!.What
            .ShouldBe("Entries at the end of the ledger are gone.");

        Ledger.Append(DateTimeOffset.UnixEpoch, AppendingProcess.Matter(20),
            AppendingProcess.Matter(21), AppendingProcess.Matter(22));

        Named(File.ReadAllLines(LedgerPath)).ShouldBeEmpty();
        Proofs(File.ReadAllLines(LedgerPath)).Contradiction(head, LedgerPath)!.What
            .ShouldBe("The first 11 entries of the ledger are not those of the head that was kept.");
    }

    [Fact]
    public void EveryEarlierHeadIsTheBeginningAndEveryEntryIsInIt()
    {
        var read = Ledger.Read().Lines;
        var proofs = new LedgerProofs(read);
        proofs.Head.ShouldBe(head);
        foreach (var line in read)
            proofs.Contradiction(line.Head!, LedgerPath).ShouldBeNull();
        for (var number = 1; number <= Size; number++)
        {
            var proof = proofs.Inclusion(number);
            proof.Holds.ShouldBeTrue();
            MerkleTree.Node(proof.Pairs[^1].Left, proof.Pairs[^1].Right).ShouldBe(head.Root);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("0:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("-3:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("3:E3B0")]
    [InlineData("3:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855:1")]
    public void WhatIsNoHeadIsNotTakenForOne(string text) => LedgerHead.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void AHeadIsReadAsItIsPrinted()
    {
        LedgerHead.TryParse(head.ToString(), out var read).ShouldBeTrue();
        read.ShouldBe(head);
        head.ToString().ShouldStartWith(Size.ToString(CultureInfo.InvariantCulture) + ":");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    IReadOnlyList<string> Named(string[] changed)
    {
        File.WriteAllLines(LedgerPath, changed);
        return [.. LedgerChecks.Of(Ledger.Read().Lines).Select(problem => problem.What)];
    }

    LedgerProofs Proofs(string[] changed)
    {
        File.WriteAllLines(LedgerPath, changed);
        return new LedgerProofs(Ledger.Read().Lines);
    }
}
