using System.Text;
using CsCheck;

namespace Mlops.Engine.Tests;

public sealed class GroupingTests
{
    static readonly Gen<string[]> Lists =
        Gen.String[Gen.Char.AlphaNumeric, 1, 6].Array[0, 600];

    [Fact]
    public void GroupsAreAllItemsInTheirOrder() => Lists.Sample(items =>
    {
        var groups = Grouping.Of(items, Digested);
        groups.SelectMany(group => group).ShouldBe(items);
        groups.ShouldAllBe(group => group.Count > 0 && group.Count <= 128);
        groups.Count.ShouldBe(items.Length <= Grouping.Few ? items.Length : groups.Count);
    }, iter: 300, threads: 1);

    [Fact]
    public void AThousandItemsAreAboutThirtyGroups() =>
        Grouping.Of([.. Enumerable.Range(0, 1000).Select(Name)], Digested).Count.ShouldBeInRange(16, 60);

    /// <summary>
    /// Where a group was cut because it grew too long, the cuts after it move up to its natural end.
    /// </summary>
    [Fact]
    public void OneChangedItemLeavesTheOtherGroupsAlone()
    {
        string[] items = [.. Enumerable.Range(0, 1000).Select(Name)];
        var before = Texts(items);
        for (var at = 0; at < items.Length; at += 7)
        {
            string[] changed = [.. items];
            changed[at] += "!";
            Texts(changed).Except(before).Count().ShouldBeInRange(1, 4);
            Texts([.. items[..at], .. items[(at + 1)..]]).Except(before).Count().ShouldBeInRange(0, 4);
            Texts([.. items[..at], "more", .. items[at..]]).Except(before).Count().ShouldBeInRange(1, 4);
        }
    }

    static string[] Texts(string[] items) =>
        [.. Grouping.Of(items, Digested).Select(group => string.Join(' ', group))];

    static string Name(int number) => FormattableString.Invariant($"file-{number}.csv");

    static Digest Digested(string item) => Digest.Of(Encoding.UTF8.GetBytes(item));
}
