@echo off
rem Starts Dipper on Windows. Untried: nobody has run this file yet. It does not build; first run
rem   mvn -Dquick -DskipTests -pl cli -am package
rem   DIPPER_JAVA_HOME or JAVA_HOME  the JDK, 17 or later (default: the java on the PATH)
rem   DIPPER_JAVA_OPTS               further options for the JVM, e.g. -Xmx8g
setlocal
set "jar=%~dp0cli\target\dipper.jar"
if not exist "%jar%" (
  echo dipper: nothing is built yet; run: mvn -Dquick -DskipTests -pl cli -am package 1>&2
  exit /b 1
)
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if defined DIPPER_JAVA_HOME set "java=%DIPPER_JAVA_HOME%\bin\java"
set "unsafe="
"%java%" --sun-misc-unsafe-memory-access=allow -version >nul 2>&1 && set "unsafe=--sun-misc-unsafe-memory-access=allow"
set "products=-XX:CompileCommand=quiet -XX:CompileCommand=dontinline,io.dipper.hwsim.execute.product.VectorProducts*::dot -XX:CompileCommand=dontinline,io.dipper.hwsim.execute.product.VectorProducts*::add"
"%java%" %unsafe% %products% -XX:MaxRAMPercentage=50 -Dorg.bytedeco.javacpp.maxbytes=100%% -Dorg.bytedeco.javacpp.maxphysicalbytes=0 %DIPPER_JAVA_OPTS% -jar "%jar%" %*
exit /b %errorlevel%
