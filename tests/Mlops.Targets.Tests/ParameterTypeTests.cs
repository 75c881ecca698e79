using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace Mlops.Targets.Tests;

/// <summary>
/// Types that parameters may have, the files they may come from, and values that are injected otherwise.
/// </summary>
public class ParameterTypeTests
{
    [Fact]
    public void EveryScalarTypeIsReadInvariantly()
    {
        var build = Bound(
            "--byte 255 --short -5 --unsigned 4000000000 --long 9000000000 --float 0.5 --decimal 1.10 "
            + "--character x --guid 3f2504e0-4f89-11d3-9a0c-0305e82c3301 --date 2026-03-31 --time 13:30 "
            + "--moment 2026-03-31T13:30:00Z --span 01:30:00 "
            + "--address https://example.org/a --version-of 1.2.3");
        (build.Byte, build.Short, build.Unsigned, build.Long)
            .ShouldBe(((byte)255, (short)-5, 4000000000, 9000000000));
        (build.Float, build.Decimal, build.Character).ShouldBe((0.5f, 1.10m, 'x'));
        build.Guid.ShouldBe(new Guid("3f2504e0-4f89-11d3-9a0c-0305e82c3301"));
        (build.Date, build.Time).ShouldBe((new DateOnly(2026, 3, 31), new TimeOnly(13, 30)));
        build.Moment.ShouldBe(new DateTimeOffset(2026, 3, 31, 13, 30, 0, TimeSpan.Zero));
        build.Span.ShouldBe(new TimeSpan(1, 30, 0));
        build.Address!.Host.ShouldBe("example.org");
        build.VersionOf.ShouldBe(new Version(1, 2, 3));
    }

    [Theory]
    [InlineData("--byte 256", "--byte: expected a whole number from 0 to 255, not '256'.")]
    [InlineData("--float 1,5", "--float: expected a number like 0.5, not '1,5'.")]
    [InlineData("--guid x", "--guid: expected a GUID, not 'x'.")]
    [InlineData("--address here", "--address: expected an address like https://example.org, not 'here'.")]
    [InlineData(
        "--stage prodution", "--stage: expected Test, Production, not 'prodution'. Did you mean Production?")]
    [InlineData("--color mauve", "--color: expected a Color, not 'mauve'.")]
    public void WhatIsExpectedIsSaid(string commandLine, string expected) =>
        Trial.Run<Sample>("Do " + commandLine).Error.ShouldStartWith($"error: {expected}\n");

    [Fact]
    public void EnumerationsAndConvertersAreRead()
    {
        Bound("--stage production").Stage.ShouldBeSameAs(Stage.Production);
        ((string)Stage.Production).ShouldBe("Production");
        (Stage.Test == new Stage { Value = "Test" }).ShouldBeTrue();
        (Stage.Test != Stage.Production).ShouldBeTrue();
        TypeDescriptor.GetConverter(typeof(Stage)).ConvertFromInvariantString("test").ShouldBe(Stage.Test);
        Bound("--color #0a0b0c").Color.ShouldBe(new Color(10, 11, 12));
    }

    [Fact]
    public void ListsAreBoundAsTheirMembersWantThem()
    {
        var build = Bound(
            "--list a b --numbers 1+2 3 --interface x --stages Test Production --flags true false");
        build.List.ShouldBe(["a", "b"]);
        build.Numbers.ShouldBe([1, 2, 3]);
        build.Interface.ShouldBe(["x"]);
        build.Stages.ShouldBe([Stage.Test, Stage.Production]);
        build.Flags.ShouldBe([true, false]);
    }

    [Fact]
    public void AProfileWinsOverTheFileAndTheLastProfileOverAll()
    {
        var build = Run("Do --profile eu fast", new()
        {
            ["parameters.json"] = """{ "byte": 1, "short": 1, "unsigned": 1 }""",
            ["parameters.eu.json"] = """{ "short": 2, "unsigned": 2 }""",
            ["parameters.fast.json"] = """{ "unsigned": 3 }""",
        }).ShouldBeOfType<Sample>();
        (build.Byte, build.Short, build.Unsigned).ShouldBe(((byte)1, (short)2, 3u));
        build.LoadedLocalProfiles.ShouldBe(["eu", "fast"]);
    }

    [Fact]
    public void AMissingProfileIsNamedWithItsNeighbours()
    {
        var trial = Trial.Run(
            new Sample(), ["Do", "--profile", "uu"], files: new() { ["parameters.eu.json"] = "{}" });
        trial.Error.ShouldStartWith(
            "error: There is no profile uu: build/parameters.uu.json does not exist. Did you mean eu?\n");
    }

    [Fact]
    public void APathIsRelativeToWhereItWasWritten()
    {
        ((string)Bound("--folder x").Folder!).ShouldEndWith(Path.Combine("elsewhere", "x"));
        var build = Run("Do", new() { ["parameters.json"] = """{ "folder": "x" }""" })
            .ShouldBeOfType<Sample>();
        ((string)build.Folder!).ShouldNotContain("elsewhere");
    }

    [Fact]
    public void DeclarationsThatCannotWorkAreMistakes() => Trial.Run<Undeclarable>("Do").Error.ShouldBe(
        """
        error: 2 parameters are called --twice.
        error: Parameter Fixed is a property without a setter.
        error: Parameter Untextual has type Action, which no text can be turned into.
        error: Parameter Provided: Undeclarable has no field, property or method Nothing that gives texts.
        Nothing was executed. See --help for all targets and parameters.

        """);

    [Fact]
    public void ValuesAreInjectedByAttributesOfTheBuildsOwn()
    {
        var build = Bound("");
        build.Injected.ShouldBe("Injected of Sample");
        build.NotInjected.ShouldBe("as it was");
    }

    [Fact]
    public void APartitionDealsItsShare()
    {
        string[] cells = ["a", "b", "c", "d", "e"];
        Bound("").Partition.GetCurrent(cells).ShouldBe(cells);
        var second = Bound("--partition 2/3").Partition;
        second.GetCurrent(cells).ShouldBe(["b", "e"]);
        (second.Part, second.Total, second.ToString()).ShouldBe((2, 3, "2/3"));
        Enumerable.Range(1, 5).Where(second.IsIn).ShouldBe([2, 5]);
        foreach (var wrong in (string[])["0/3", "4/3", "2", "2/", "/3", "a/b"])
            Trial.Run<Sample>("Do --partition " + wrong).ExitCode.ShouldBe(2);
    }

    static Sample Bound(string commandLine) => (Sample)Run("Do " + commandLine, []);

    static TargetBuild Run(string commandLine, Dictionary<string, string> files)
    {
        var trial = Trial.Run(
            new Sample(), commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries), files: files);
        trial.Error.ShouldBeEmpty();
        return trial.Build;
    }

    [TypeConverter(typeof(TypeConverter<Stage>))]
    internal sealed class Stage : Enumeration
    {
        public static readonly Stage Test = new() { Value = nameof(Test) };

        public static readonly Stage Production = new() { Value = nameof(Production) };
    }

    [TypeConverter(typeof(ColorConverter))]
    internal sealed record Color(byte Red, byte Green, byte Blue);

    internal sealed class ColorConverter : TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
            sourceType == typeof(string);

        public override object? ConvertFrom(
            ITypeDescriptorContext? context, CultureInfo? culture, object value)
        {
            var bytes = Convert.FromHexString(((string)value)[1..]);
            return new Color(bytes[0], bytes[1], bytes[2]);
        }
    }

    internal sealed class NameOfMemberAttribute : ValueInjectionAttributeBase
    {
        public override object? GetValue(MemberInfo member, object instance) =>
            member.Name == "Injected" ? $"{member.Name} of {Build!.GetType().Name}" : null;
    }

    sealed class Sample : TargetBuild
    {
        [Parameter] public byte Byte { get; set; }

        [Parameter] public short Short { get; set; }

        [Parameter] public uint Unsigned { get; set; }

        [Parameter] public long? Long { get; set; }

        [Parameter] public float Float { get; set; }

        [Parameter] public decimal Decimal { get; set; }

        [Parameter] public char Character { get; set; }

        [Parameter] public Guid Guid { get; set; }

        [Parameter] public DateOnly Date { get; set; }

        [Parameter] public TimeOnly Time { get; set; }

        [Parameter] public DateTimeOffset Moment { get; set; }

        [Parameter] public TimeSpan Span { get; set; }

        [Parameter] public Uri? Address { get; set; }

        [Parameter] public Version? VersionOf { get; set; }

        [Parameter] public Stage? Stage { get; set; }

        [Parameter] public Color? Color { get; set; }

        [Parameter] public AbsolutePath? Folder { get; set; }

        [Parameter] public List<string> List { get; set; } = [];

        [Parameter(Separator = "+")] public IReadOnlyList<int> Numbers { get; set; } = [];

        [Parameter] public IEnumerable<string> Interface { get; set; } = [];

        [Parameter] public Stage[] Stages { get; set; } = [];

        [Parameter] public bool[] Flags { get; set; } = [];

        [NameOfMember] public string Injected { get; set; } = "";

        [NameOfMember] public string NotInjected { get; set; } = "as it was";

        public Target Do => _ => _.Executes(() => { });
    }

    sealed class Undeclarable : TargetBuild
    {
        [Parameter] public string Twice { get; set; } = "";

        [Parameter(Name = "twice")] public string Again { get; set; } = "";

        [Parameter] public string Fixed => "";

        [Parameter] public Action? Untextual { get; set; }

        [Parameter(ValueProviderMember = "Nothing")] public string Provided { get; set; } = "";

        public Target Do => _ => _.Executes(() => { });
    }
}
