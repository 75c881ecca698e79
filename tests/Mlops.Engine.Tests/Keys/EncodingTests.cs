using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Mlops.Engine.Tests.Laws;

namespace Mlops.Engine.Tests.Keys;

/// <summary>How values are written into keys: a change here changes every key there is.</summary>
public sealed class EncodingTests
{
    [Theory]
    [InlineData("""{"b":1,"a":2,"B":3,"é":4,"_":5}""",
        """{"B":3,"_":5,"a":2,"b":1,"é":4}""", "keys in ordinal order")]
    [InlineData("""{"a":null,"b":[null,{"c":null}],"d":{}}""",
        """{"b":[null,{}],"d":{}}""", "nulls only in lists")]
    [InlineData("""[ 1 , -0.0, 1E5, 0.10, 1e-7, 9223372036854775807 ]""",
        "[1,-0.0,1E5,0.10,1e-7,9223372036854775807]", "numbers as they stand")]
    [InlineData("\"\\u00fc \\u20ac \\ud83d\\ude42 < > & ' \\/\"",
        "\"ü € \\uD83D\\uDE42 < > & ' /\"", "letters as themselves, beyond the first plane escaped")]
    [InlineData("\"\\t \\n \\\\ \\\" \\u0001 \\u2028\"",
        "\"\\t \\n \\\\ \\\" \\u0001 \\u2028\"", "control characters escaped")]
    [InlineData("""[true,false,"","a b",[],{}]""", """[true,false,"","a b",[],{}]""", "the rest")]
    public void JsonIsWrittenInThisWay(string json, string approved, string what) =>
        Canonical(json).ShouldBe(approved, what);

    [Fact]
    public void AnyJsonIsWrittenAsItsElementsOneByOneWouldBe() => Nested.Sample(
        json =>
        {
            using var document = JsonDocument.Parse(json);
            Canonical(json).ShouldBe(ElementByElement.Write(document.RootElement));
            Encoding.UTF8.GetString(CanonicalJson.Write(document.RootElement)).ShouldBe(Canonical(json));
        },
        iter: 20_000);

    [Theory]
    [InlineData("")]
    [InlineData("{\"a\":}")]
    [InlineData("[1,2")]
    [InlineData("{\"a\":{\"b\":1}")]
    [InlineData("nul")]
    public void WhatIsNoJsonIsRefused(string json) =>
        Should.Throw<JsonException>(() => Canonical(json));

    [Fact]
    public void WritingAgainChangesNothing() =>
        Json.Sample(json => Canonical(Canonical(json)) == Canonical(json));

    [Fact]
    public void TheOrderOfPropertiesAndBlanksChangeNothing() =>
        Gen.Dictionary(Gen.String[Gen.Char.AlphaNumeric, 1, 8], Json)[0, 8].Sample(properties =>
        {
            string Text(IEnumerable<KeyValuePair<string, string>> all, string blank)
            {
                var pairs = all.Select(each => $"\"{each.Key}\"{blank}:{blank}{each.Value}");
                return $"{{{blank}{string.Join($",{blank}", pairs)}{blank}}}";
            }
            return Canonical(Text(properties, "")) == Canonical(Text(properties.Reverse(), " \n"));
        });

    [Fact]
    public void EveryNumberIsReadBackAsItWas() => Gen.Double.Where(double.IsFinite).Sample(number =>
        BitConverter.DoubleToInt64Bits(
            JsonElement.Parse(Canonical(JsonSerializer.Serialize(number))).GetDouble())
            == BitConverter.DoubleToInt64Bits(number));

    [Fact]
    public void EveryTextIsReadBackAsItWas() => Gen.String.Where(IsWhole).Sample(text =>
        JsonElement.Parse(Canonical(JsonSerializer.Serialize(text))).GetString() == text);

    [Fact]
    public void DifferentTextsHaveDifferentKeys() =>
        Gen.Select(Gen.String.Where(IsWhole), Gen.String.Where(IsWhole)).Sample(
            (left, right) => left == right || KeyOf(left, "t") != KeyOf(right, "t"));

    /// <remarks>
    /// What stands at the end of one field must not be able to pass for the beginning of the next.
    /// </remarks>
    [Fact]
    public void TheFieldsOfAKeyCannotFlowIntoEachOther() =>
        Gen.Select(Gen.String.Where(IsWhole), Gen.String.Where(IsWhole)).Sample((stage, toolchain) =>
        {
            using var key = JsonDocument.Parse(ActionKey.Encode(stage, 1, toolchain, "{}"u8));
            return key.RootElement.GetProperty("stage").GetString() == stage
                && key.RootElement.GetProperty("toolchain").GetString() == toolchain;
        });

    [Fact]
    public void NoCultureChangesAKey()
    {
        var plain = ActionKey.Of("Train", -1234567, "Lib 1.0", """{"rate":-0.5,"count":1234567}"""u8).Digest;
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = OddCulture.Make();
            ActionKey.Of("Train", -1234567, "Lib 1.0", """{"rate":-0.5,"count":1234567}"""u8).Digest
                .ShouldBe(plain);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    static Gen<string> Json { get; } = Gen.OneOf(
        Gen.Double.Where(double.IsFinite).Select(number => JsonSerializer.Serialize(number)),
        Gen.String.Where(IsWhole).Select(text => JsonSerializer.Serialize(text)),
        Gen.Int.Array[0, 4].Select(numbers => $"[{string.Join(',', numbers)}]"),
        Gen.Const("null"), Gen.Const("true"), Gen.Const("""{"b":{"z":1,"a":null},"a":[]}"""));

    /// <remarks>With blanks, names that need escapes, and nulls at any depth.</remarks>
    static Gen<string> Nested { get; } = Gen.Recursive<string>((depth, inner) => depth == 4
        ? Json
        : Gen.Frequency(
            (2, Json),
            (1, inner.Array[0, 4].Select(items => $"[ {string.Join(" , ", items)}]")),
            (2, Gen.Dictionary(Gen.String[0, 6].Where(IsWhole), inner)[0, 5].Select(fields =>
                $"{{{string.Join(",\n", fields.Select(
                    field => $"{JsonSerializer.Serialize(field.Key)}: {field.Value} "))}}}"))));

    static Digest KeyOf(string stage, string toolchain) => ActionKey.Of(stage, 1, toolchain, "{}"u8).Digest;

    static string Canonical(string json) =>
        Encoding.UTF8.GetString(CanonicalJson.Write(Encoding.UTF8.GetBytes(json)));

    /// <summary>No half of a surrogate pair without its other half: there is no UTF-8 for it.</summary>
    static bool IsWhole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
}
