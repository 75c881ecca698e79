using System.Diagnostics;
using System.Globalization;
using System.Text;
using CsCheck;

namespace Mlops.Engine.Tests.Remote;

/// <summary>
/// The wire format, against itself and against the compiler of the protocol's own language.
/// </summary>
public sealed class ActionResultTests
{
    /// <summary>
    /// What of the Remote Execution API, version 2, an entry can hold, and a few fields more.
    /// </summary>
    const string Schema = """
        syntax = "proto3";
        message Digest { string hash = 1; int64 size_bytes = 2; }
        message NodeProperty { string name = 1; string value = 2; }
        message NodeProperties { repeated NodeProperty properties = 1; }
        message OutputFile {
          string path = 1; Digest digest = 2; bool is_executable = 4; bytes contents = 5; NodeProperties node_properties = 7;
        }
        message OutputDirectory { string path = 1; Digest tree_digest = 3; }
        message ExecutedActionMetadata { string worker = 1; fixed64 a = 90; fixed32 b = 91; double c = 92; }
        message ActionResult {
          repeated OutputFile output_files = 2;
          repeated OutputDirectory output_directories = 3;
          int32 exit_code = 4;
          bytes stdout_raw = 5;
          ExecutedActionMetadata execution_metadata = 9;
        }
        """;

    static readonly Gen<ActionOutput> Output =
        from path in Gen.String[0, 40]
        from number in Gen.Int
        from length in Gen.OneOf(Gen.Long[0, 300], Gen.Long[0, long.MaxValue])
        select new ActionOutput(WithoutHalves(path), Digest.Of(BitConverter.GetBytes(number)), length);

    static readonly Gen<ActionResult> Result =
        from outputs in Output.Array[0, 12]
        from exitCode in Gen.OneOf(Gen.Const(0), Gen.Int)
        select new ActionResult(outputs, exitCode);

    [Fact]
    public void WhatIsWrittenIsReadAgain() => Result.Sample(
        result =>
        {
            var read = ActionResult.Read(result.Write());
            return read.ExitCode == result.ExitCode && read.Outputs.SequenceEqual(result.Outputs);
        },
        iter: 5_000);

    [Fact]
    public void DamagedMessagesAreReadOrRefusedAndNothingElse() =>
        Gen.Select(Result, Gen.Int[0, 100_000], Gen.Byte, Gen.Int[0, 2]).Sample(
            (result, at, value, how) =>
            {
                var message = result.Write();
                byte[] damaged = message.Length == 0 ? [value]
                    : how == 0 ? message[..(at % message.Length)]
                    : how == 1 ? [.. message[..(at % message.Length)],
                        value, .. message[(at % message.Length + 1)..]]
                    : [.. message, value];
                try
                {
                    ActionResult.Read(damaged);
                }
                catch (FormatException)
                {
                    // Refused.
                }
            },
            iter: 20_000);

    [Theory]
    [InlineData("00", "field number 0")]
    [InlineData("0001", "field number 0 with a value")]
    [InlineData("0A", "length missing")]
    [InlineData("12FFFFFFFFFFFFFFFFFFFF01", "length beyond everything")]
    [InlineData("20FFFFFFFFFFFFFFFFFFFFFF01", "number without end")]
    [InlineData("13", "a group")]
    [InlineData("1001", "a number where a message should be")]
    [InlineData("120412024142", "no digest")]
    [InlineData("12020A80", "text cut off")]
    [InlineData("12030A01FF", "text that is not UTF-8")]
    public void WhatIsNoMessageIsRefused(string hex, string why) =>
        Should.Throw<FormatException>(() => ActionResult.Read(Convert.FromHexString(hex)), why);

    [Fact]
    public void TheProtocolsCompilerReadsWhatIsWritten()
    {
        using var folder = new Folder();
        var random = new Random(7);
        for (var round = 0; round < 40; round++)
        {
            var result = RandomResult(random);
            var text = Encoding.UTF8.GetString(folder.Protoc("--decode=ActionResult", result.Write()));
            text.ShouldBe(TextOf(result));
        }
    }

    [Fact]
    public void WhatTheProtocolsCompilerWritesIsReadAndWrittenTheSame()
    {
        using var folder = new Folder();
        var random = new Random(8);
        for (var round = 0; round < 40; round++)
        {
            var result = RandomResult(random);
            var message = folder.Protoc("--encode=ActionResult", Encoding.UTF8.GetBytes(TextOf(result)));
            message.ShouldBe(result.Write());
            // With fields that are none of ours, before and after.
            var before = """execution_metadata { worker: "w" a: 7 b: 8 c: 0.5 } """
                + """stdout_raw: "\000\377" output_directories { path: "d" } """;
            var inside = "is_executable: true contents: \"x\" "
                + "node_properties { properties { name: \"n\" } } digest {";
            var more = folder.Protoc("--encode=ActionResult", Encoding.UTF8.GetBytes(
                before + TextOf(result).Replace("digest {", inside, StringComparison.Ordinal)));
            var read = ActionResult.Read(more);
            read.Outputs.ShouldBe(result.Outputs);
            read.ExitCode.ShouldBe(result.ExitCode);
        }
    }

    static ActionResult RandomResult(Random random) => new(
        [
            .. Enumerable.Range(0, random.Next(5)).Select(_ => new ActionOutput(
                $"artifacts/ä{random.Next()}", Digest.Of(BitConverter.GetBytes(random.Next())),
                random.Next(3) == 0 ? random.Next(3) : random.NextInt64())),
        ],
        random.Next(3) == 0 ? random.Next(int.MinValue, int.MaxValue) : 0);

    /// <summary>As the compiler prints it: what has its default value is left out.</summary>
    static string TextOf(ActionResult result)
    {
        var text = new StringBuilder();
        foreach (var output in result.Outputs)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"output_files {{\n  path: \"{Octal(output.Path)}\"\n  digest {{\n"
                + $"    hash: \"{output.Digest}\"\n");
            if (output.LengthBytes != 0)
                text.Append(CultureInfo.InvariantCulture, $"    size_bytes: {output.LengthBytes}\n");
            text.Append("  }\n}\n");
        }
        if (result.ExitCode != 0)
            text.Append(CultureInfo.InvariantCulture, $"exit_code: {result.ExitCode}\n");
        return text.ToString();
    }

    static string Octal(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(each =>
        each < 0x80 ? ((char)each).ToString() : "\\" + Convert.ToString(each, 8)));

    static string WithoutHalves(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>The schema in a folder of its own, and the compiler over it.</summary>
    sealed class Folder : IDisposable
    {
        readonly string path = Directory.CreateTempSubdirectory("mlops-protoc-").FullName;

        public Folder() => File.WriteAllText(Path.Combine(path, "result.proto"), Schema);

        public byte[] Protoc(string how, byte[] input)
        {
            using var process = Start(how);
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
            var output = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(output);
            process.WaitForExit();
            process.ExitCode.ShouldBe(0);
            return output.ToArray();
        }

        Process Start(string how)
        {
            try
            {
                return Process.Start(
                    new ProcessStartInfo("protoc", [how, $"--proto_path={path}", "result.proto"])
                    {
                        RedirectStandardInput = true,
                        RedirectStandardOutput = true,
                    })!;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                Assert.Skip("protoc, the compiler of protocol buffers, is not installed.");
                throw;
            }
        }

        public void Dispose() => Directory.Delete(path, recursive: true);
    }
}
