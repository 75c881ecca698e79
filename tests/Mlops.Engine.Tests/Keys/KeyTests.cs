using System.Text;

namespace Mlops.Engine.Tests;

public sealed class KeyTests
{
    [Fact]
    public void AKeyIsTheDigestOfThisText()
    {
        var input =
            """{"trees":100,"name":"fast-tree","rate":0.1,"note":null,"list":[{"b":1,"a":"ü\"<"}]}"""u8;

        var text = Encoding.UTF8.GetString(
            ActionKey.Encode("Train", 3, "Microsoft.ML 5.0.1", CanonicalJson.Write(input)));

        text.ShouldBe(
            """{"format":"mlops-key/1","input":"""
            + """{"list":[{"a":"ü\"<","b":1}],"name":"fast-tree","rate":0.1,"trees":100}"""
            + ""","stage":"Train","toolchain":"Microsoft.ML 5.0.1","version":3}""");
        ActionKey.Of("Train", 3, "Microsoft.ML 5.0.1", input).Digest
            .ShouldBe(Digest.Of(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void EachPartOfAKeyMatters()
    {
        var key = ActionKey.Of("Train", 1, "a", """{"x":1}"""u8).Digest;

        ActionKey.Of("Trains", 1, "a", """{"x":1}"""u8).Digest.ShouldNotBe(key);
        ActionKey.Of("Train", 2, "a", """{"x":1}"""u8).Digest.ShouldNotBe(key);
        ActionKey.Of("Train", 1, "b", """{"x":1}"""u8).Digest.ShouldNotBe(key);
        ActionKey.Of("Train", 1, "a", """{"x":2}"""u8).Digest.ShouldNotBe(key);
        ActionKey.Of("Train", 1, "a", """{ "y": null, "x": 1 }"""u8).Digest.ShouldBe(key);
    }

    [Fact]
    public void DigestsAreSha256InLowercase()
    {
        // FIPS 180-2, appendix B.1.
        Digest.Of("abc"u8).ToString()
            .ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        Digest.TryParse("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", out _)
            .ShouldBeFalse();
        Digest.TryParse("ba78", out _).ShouldBeFalse();
    }
}
